/** The transcript as a list that only pure functions change: in order, without doubles, pending messages last. */
import type { Author, Card, Message, QuickReply } from "./protocol.ts";

/** `queued`: no connection; `sending`: on its way; `sent`: committed by the server; `failed`: see `problem`. */
export type Delivery = "queued" | "sending" | "sent" | "failed";
/** Why a message was not taken. `again` may be tried again, the others never succeed. */
export type Problem = "again" | "tooFast" | "staleChoice" | "refused";

export interface Entry {
  /** Stays the same while a pending message becomes a delivered one. */
  key: string;
  seq: number | null;
  clientId: string | null;
  author: Author;
  authorName: string | null;
  text: string;
  quickReplies: QuickReply[];
  cards: Card[];
  at: number;
  delivery: Delivery;
  problem: Problem | null;
}

export type Entries = readonly Entry[];

/** A message the customer has just written, not yet known to the server. */
export function pendingEntry(id: string, text: string, at: number, delivery: Delivery): Entry {
  return {
    key: id, seq: null, clientId: id, author: "customer", authorName: null, text,
    quickReplies: [], cards: [], at, delivery, problem: null,
  };
}

function inOrder(entries: Entries): Entries {
  return [...entries].sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity) || a.at - b.at);
}

function isSame(entry: Entry, seq: number, clientId: string | null): boolean {
  return entry.seq === seq || (clientId !== null && entry.clientId === clientId);
}

/** With what the customer wrote; an id that is there already is left alone. */
export function withPending(entries: Entries, entry: Entry): Entries {
  return entries.some((known) => known.clientId === entry.clientId) ? entries : inOrder([...entries, entry]);
}

/** With a message of the server: it takes the place of its pending twin, and a repeat changes nothing. */
export function withMessage(entries: Entries, message: Message): Entries {
  const { type: _, ...fields } = message;
  const twin = entries.find((entry) => isSame(entry, message.seq, message.clientId));
  const arrived: Entry = { ...fields, key: twin?.key ?? message.clientId ?? `#${message.seq}`, delivery: "sent", problem: null };
  return inOrder([...entries.filter((entry) => entry !== twin), arrived]);
}

/** With a pending message marked as committed under `seq`. */
export function withAck(entries: Entries, id: string, seq: number): Entries {
  return inOrder(entries.map((entry) => (entry.clientId === id ? { ...entry, seq, delivery: "sent", problem: null } : entry)));
}

/** With the delivery state of one pending message changed; a delivered one stays delivered. */
export function withDelivery(entries: Entries, id: string, delivery: Delivery, problem: Problem | null = null): Entries {
  return entries.map((entry) => (entry.clientId === id && entry.seq === null ? { ...entry, delivery, problem } : entry));
}

/** The highest seq up to which nothing is missing: what a reconnecting client may claim to have seen. */
export function seenUpTo(entries: Entries): number {
  let last = 0;
  for (const { seq } of entries) {
    if (seq === null || (last > 0 && seq > last + 1)) break;
    last = seq;
  }
  return last;
}

/** How many messages after `read` the customer did not write herself. */
export function unreadAfter(entries: Entries, read: number): number {
  return entries.filter((entry) => entry.author !== "customer" && (entry.seq ?? 0) > read).length;
}

/** Quick replies belong to the last word of the house: they are gone as soon as the customer has answered. */
export function openQuickReplies(entries: Entries): QuickReply[] {
  for (const entry of [...entries].reverse()) {
    if (entry.author === "customer") return [];
    if (entry.quickReplies.length > 0) return entry.quickReplies;
  }
  return [];
}
