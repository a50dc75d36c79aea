/** The little of Markdown that answers use, as a tree; the view makes DOM nodes of it, so nothing is ever parsed as HTML. */

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "bold"; children: Inline[] }
  | { kind: "link"; href: string; children: Inline[] };

export type Block =
  | { kind: "paragraph"; lines: Inline[][] }
  | { kind: "list"; ordered: boolean; items: Inline[][] };

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);
const INLINE = /\*\*(?<bold>[^*\n]+)\*\*|\[(?<label>[^\]\n]+)\]\((?<target>[^()\s]+)\)|(?<bare>https?:\/\/[^\s<>"'()]+)/g;
const BULLET = /^\s*[-*•]\s+(.*)$/;
const NUMBER = /^\s*\d{1,3}[.)]\s+(.*)$/;

/** The shop's help pages are served beside the chat. Of all relative addresses only theirs are followed. */
const HELP = /^\/help(?:\/[a-z0-9-]+)?(?:#[a-z0-9-]+)?$/;

/**
 * `target` as an address that is safe to follow, else null. A help page is one of the chat's own `server`; other relative
 * addresses are refused, for an answer does not know the page it is read on.
 */
export function safeAddress(target: string, server?: URL): string | null {
  if (server && HELP.test(target)) return new URL(target, server).href;
  try {
    const url = new URL(target);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** One line as text, bold and links. What is not safe or not understood stays the text that it was. */
export function parseInline(line: string, server?: URL): Inline[] {
  const parts: Inline[] = [];
  const plain = (text: string): void => void (text && parts.push({ kind: "text", text }));
  let end = 0;
  for (const match of line.matchAll(INLINE)) {
    plain(line.slice(end, match.index));
    end = match.index + match[0].length;
    const { bold, label, target, bare } = match.groups as Record<string, string | undefined>;
    if (bold !== undefined) {
      parts.push({ kind: "bold", children: parseInline(bold, server) });
    } else if (bare !== undefined) {
      const address = bare.replace(/[.,;:!?]+$/, "");
      const href = safeAddress(address);
      if (href) parts.push({ kind: "link", href, children: [{ kind: "text", text: address }] });
      plain(href ? bare.slice(address.length) : bare);
    } else {
      const href = safeAddress(target as string, server);
      if (href) parts.push({ kind: "link", href, children: [{ kind: "text", text: label as string }] });
      else plain(match[0]);
    }
  }
  plain(line.slice(end));
  return parts;
}

/** A whole message as paragraphs and lists; `server` is the chat's own, where the help pages are. */
export function parseText(text: string, server?: URL): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const bullet = BULLET.exec(line);
    const item = bullet ?? NUMBER.exec(line);
    if (item) {
      const ordered = bullet === null;
      if (open?.kind !== "list" || open.ordered !== ordered) blocks.push((open = { kind: "list", ordered, items: [] }));
      open.items.push(parseInline(item[1] ?? "", server));
    } else if (line.trim() === "") {
      open = null;
    } else {
      if (open?.kind !== "paragraph") blocks.push((open = { kind: "paragraph", lines: [] }));
      open.lines.push(parseInline(line, server));
    }
  }
  return blocks;
}

/** What may be sent: without control characters (but newline and tab), without blanks around, not too long, no half emoji at the end. */
export function tidy(text: string, longest: number): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "").trim().slice(0, longest).replace(/[\ud800-\udbff]$/, "");
}
