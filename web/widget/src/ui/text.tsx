/** Message text as elements. Only what `parseText` understood becomes an element; everything else stays a text node. */
import { type Block, type Inline, parseText } from "../core/text.ts";
import { useSurface } from "./context.ts";

function inline(parts: readonly Inline[]) {
  return parts.map((part) => {
    if (part.kind === "bold") return <strong>{inline(part.children)}</strong>;
    if (part.kind === "link") return <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">{inline(part.children)}</a>;
    return part.text;
  });
}

function block(part: Block) {
  if (part.kind === "paragraph") return <p>{part.lines.map((line, at) => [at > 0 && <br />, inline(line)])}</p>;
  const items = part.items.map((item) => <li>{inline(item)}</li>);
  return part.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

export function Text({ text }: { text: string }) {
  const { server } = useSurface();
  return <>{parseText(text, server).map(block)}</>;
}
