/** The customer's own messages on their way: shown at once, kept until committed, sent again with the same id. */
import type { Clock, Connection } from "./connection.ts";
import { newId } from "./identity.ts";
import { frameOf, type Outbox, type Pending } from "./outbox.ts";
import { LONGEST_TEXT, type QuickReply } from "./protocol.ts";
import type { Holder } from "./state.ts";
import { tidy } from "./text.ts";
import { pendingEntry, type Problem, withAck, withDelivery, withPending } from "./transcript.ts";

/** Not committed after that long: shown as failed, with a way to try again (which is harmless: the id stays). */
const ACK_PATIENCE_MS = 12_000;
/** The server asked to slow down: one more try, by itself, after that long. */
const SLOW_DOWN_MS = 1_500;
/** The other side is told that often, at most, that somebody is typing. */
const TYPING_EVERY_MS = 3_000;

const PROBLEMS: Record<string, Problem> = {
  too_fast: "tooFast",
  unknown_reply: "staleChoice",
  too_long: "refused",
  bad_frame: "refused",
};

export function mayBeRetried(problem: Problem): boolean {
  return problem === "again" || problem === "tooFast";
}

export class Sending {
  readonly #waiting = new Map<string, () => void>();
  readonly #slowedDown = new Set<string>();
  #typedAt = 0;

  constructor(
    private readonly connection: () => Connection,
    private readonly outbox: Outbox,
    private readonly holder: Holder,
    private readonly writer: () => string,
    private readonly clock: Clock,
    private readonly now: () => number = Date.now,
  ) {}

  /** Send what she wrote; nothing but blanks is nothing. */
  say(text: string): void {
    const tidied = tidy(text, LONGEST_TEXT);
    if (tidied) this.#begin({ text: tidied, replyId: null });
  }

  /** Send a choice that the server offered. */
  choose(reply: QuickReply): void {
    this.#begin({ text: reply.title, replyId: reply.id });
  }

  /** Try once more what has failed. */
  retry(id: string): void {
    const pending = this.outbox.get(id);
    if (pending) this.#deliver(pending);
  }

  /** She is typing. */
  typing(): void {
    if (this.now() - this.#typedAt < TYPING_EVERY_MS) return;
    if (this.connection().send({ type: "typing" })) this.#typedAt = this.now();
  }

  /** Show what an earlier page or a lost connection has left over, and send it when there is a connection. */
  resume(): void {
    for (const pending of this.outbox.of(this.writer())) {
      this.#show(pending);
      this.#deliver(pending);
    }
  }

  /** There is no connection any more: what was on its way waits. */
  pause(): void {
    this.#forgetTimers();
    for (const { id } of this.outbox.of(this.writer())) this.#mark(id, "queued");
  }

  acked(id: string, seq: number): void {
    this.arrived(id);
    this.holder.set({ entries: withAck(this.holder.current.entries, id, seq) });
  }

  /** The server has it, by whichever way that became known. */
  arrived(id: string): void {
    this.outbox.remove(id);
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
  }

  /** The server did not take it. */
  refused(id: string, code: string): void {
    const problem = PROBLEMS[code] ?? "again";
    this.#waiting.get(id)?.();
    if (problem === "tooFast" && !this.#slowedDown.has(id)) {
      this.#slowedDown.add(id);
      this.#waiting.set(id, this.clock.after(SLOW_DOWN_MS, () => this.retry(id)));
      return;
    }
    this.#mark(id, "failed", problem);
    if (!mayBeRetried(problem)) this.outbox.remove(id);
  }

  /** Forget all that waits: somebody else writes from here on. */
  clear(): void {
    this.#forgetTimers();
    this.outbox.clear();
  }

  #begin(what: Pick<Pending, "text" | "replyId">): void {
    const pending = { ...what, id: newId(), at: this.now(), writer: this.writer() };
    this.outbox.add(pending);
    this.#show(pending);
    this.connection().start();
    this.#deliver(pending);
  }

  #show({ id, text, at }: Pending): void {
    this.holder.set({ entries: withPending(this.holder.current.entries, pendingEntry(id, text, at, "queued")) });
  }

  #deliver(pending: Pending): void {
    const sent = this.connection().send(frameOf(pending));
    this.#mark(pending.id, sent ? "sending" : "queued");
    if (!sent) return;
    this.#waiting.get(pending.id)?.();
    this.#waiting.set(pending.id, this.clock.after(ACK_PATIENCE_MS, () => this.#mark(pending.id, "failed", "again")));
  }

  #mark(id: string, delivery: "queued" | "sending" | "failed", problem: Problem | null = null): void {
    this.holder.set({ entries: withDelivery(this.holder.current.entries, id, delivery, problem) });
  }

  #forgetTimers(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }
}
