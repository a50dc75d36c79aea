/**
 * Messages written but not yet committed by the server. They outlive a reload and are sent again with the same id. One note per
 * message, so that two tabs never write over each other.
 */
import type { ClientFrame } from "./protocol.ts";
import type { Notes } from "./storage.ts";

export interface Pending {
  id: string;
  /** What the customer sees: her text, or the title of the choice. */
  text: string;
  /** Set for a chosen quick reply. */
  replyId: string | null;
  at: number;
  /** Who wrote it (customer id, or "" for a visitor): never sent in another's name. */
  writer: string;
}

const KIND = "out:";

export class Outbox {
  constructor(private readonly notes: Notes) {}

  add(pending: Pending): void {
    this.notes.set(KIND + pending.id, JSON.stringify(pending));
  }

  remove(id: string): void {
    this.notes.set(KIND + id, null);
  }

  get(id: string): Pending | null {
    return read(this.notes.get(KIND + id));
  }

  /** What `writer` has not got through yet, oldest first. */
  of(writer: string): Pending[] {
    return this.notes
      .names(KIND)
      .map((name) => read(this.notes.get(name)))
      .filter((pending): pending is Pending => pending !== null && pending.writer === writer)
      .sort((a, b) => a.at - b.at);
  }

  clear(): void {
    for (const name of this.notes.names(KIND)) this.notes.set(name, null);
  }
}

function read(note: string | null): Pending | null {
  try {
    const pending = JSON.parse(note ?? "null") as Partial<Pending> | null;
    const complete = pending && typeof pending.id === "string" && typeof pending.text === "string" && typeof pending.at === "number";
    return complete ? (pending as Pending) : null;
  } catch {
    return null;
  }
}

/** The frame that delivers it. */
export function frameOf(pending: Pending): ClientFrame {
  return pending.replyId === null
    ? { type: "send", id: pending.id, text: pending.text }
    : { type: "choose", id: pending.id, reply_id: pending.replyId };
}
