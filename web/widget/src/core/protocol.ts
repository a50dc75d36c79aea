/** The words of the chat protocol, version 1, and a reader that trusts nothing the wire says. */

export const VERSION = 1;
/** Longest text the server takes, in characters. */
export const LONGEST_TEXT = 4000;

export type Author = "customer" | "bot" | "agent" | "system";
export type Owner = "bot" | "queue" | "agent";

export interface QuickReply {
  id: string;
  title: string;
}

export interface Card {
  id: string;
  title: string;
  subtitle: string;
  price: string;
  reason: string;
  quickReplies: QuickReply[];
}

export interface Welcome {
  type: "welcome";
  conversationId: string;
  token: string | null;
  customerName: string | null;
  owner: Owner;
  agentName: string | null;
  shop: string | null;
}

export interface Message {
  type: "message";
  seq: number;
  clientId: string | null;
  author: Author;
  authorName: string | null;
  text: string;
  quickReplies: QuickReply[];
  cards: Card[];
  /** Milliseconds since 1970. */
  at: number;
}

export type ServerFrame =
  | Welcome
  | Message
  | { type: "ack"; id: string; seq: number }
  | { type: "typing"; author: Author }
  | { type: "owner"; owner: Owner; agentName: string | null }
  | { type: "error"; code: string; message: string; id: string | null }
  | { type: "pong" };

export type ClientFrame =
  | { type: "hello"; v: number; token: string | null; identity: string | null; after: number }
  | { type: "send"; id: string; text: string }
  | { type: "choose"; id: string; reply_id: string }
  | { type: "typing" }
  | { type: "ping" };

type Raw = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const name = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const whole = (value: unknown): number => (typeof value === "number" && Number.isInteger(value) ? value : 0);
const record = (value: unknown): Raw => (typeof value === "object" && value !== null ? (value as Raw) : {});
const list = (value: unknown): Raw[] => (Array.isArray(value) ? value.map(record) : []);

function oneOf<T extends string>(value: unknown, allowed: readonly T[], otherwise: T): T {
  return allowed.includes(value as T) ? (value as T) : otherwise;
}

const author = (value: unknown): Author => oneOf(value, ["customer", "bot", "agent", "system"], "system");
const owner = (value: unknown): Owner => oneOf(value, ["bot", "queue", "agent"], "bot");

function quickReplies(value: unknown): QuickReply[] {
  return list(value)
    .map((reply) => ({ id: text(reply.id), title: text(reply.title) }))
    .filter((reply) => reply.id && reply.title);
}

function card(raw: Raw): Card {
  return {
    id: text(raw.id),
    title: text(raw.title),
    subtitle: text(raw.subtitle),
    price: text(raw.price),
    reason: text(raw.reason),
    quickReplies: quickReplies(raw.quick_replies),
  };
}

function message(raw: Raw): Message {
  const at = Date.parse(text(raw.at));
  return {
    type: "message",
    seq: whole(raw.seq),
    clientId: name(raw.client_message_id),
    author: author(raw.author),
    authorName: name(raw.author_name),
    text: text(raw.text),
    quickReplies: quickReplies(raw.quick_replies),
    cards: list(raw.cards).map(card),
    at: Number.isNaN(at) ? Date.now() : at,
  };
}

function welcome(raw: Raw): Welcome {
  return {
    type: "welcome",
    conversationId: text(raw.conversation_id),
    token: name(raw.token),
    customerName: name(record(raw.customer).name),
    owner: owner(raw.owner),
    agentName: name(raw.agent_name),
    shop: name(raw.shop) ?? name(record(raw.shop).name),
  };
}

const readers: Record<string, (raw: Raw) => ServerFrame> = {
  welcome,
  message,
  ack: (raw) => ({ type: "ack", id: text(raw.id), seq: whole(raw.seq) }),
  typing: (raw) => ({ type: "typing", author: author(raw.author) }),
  owner: (raw) => ({ type: "owner", owner: owner(raw.owner), agentName: name(raw.agent_name) }),
  error: (raw) => ({ type: "error", code: text(raw.code), message: text(raw.message), id: name(raw.id) }),
  pong: () => ({ type: "pong" }),
};

/** What the server sent, or null for what version 1 does not know (a newer server may say more: it is skipped). */
export function readFrame(data: unknown): ServerFrame | null {
  try {
    const raw = record(JSON.parse(text(data)));
    const read = Object.hasOwn(readers, text(raw.type)) ? readers[text(raw.type)] : undefined;
    return read ? read(raw) : null;
  } catch {
    return null;
  }
}
