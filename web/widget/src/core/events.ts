/** What a page may listen to: `Rapport.on("message", ({ text }) => …)`. */
import type { Author, Owner } from "./protocol.ts";

export interface EventDetails {
  ready: Record<string, never>;
  open: Record<string, never>;
  close: Record<string, never>;
  /** A message that came while the page was looking on (not the history that a reload brings back). */
  message: { author: Author; text: string; at: number };
  unread: { count: number };
  owner: { owner: Owner; agentName: string | null };
  error: { code: string; message: string };
  /** The signed token was refused: the page should call `identify` with a fresh one. */
  identityExpired: Record<string, never>;
}

export type EventName = keyof EventDetails;
type Listener<N extends EventName> = (detail: EventDetails[N]) => void;

export class Events {
  readonly #listeners = new Map<EventName, Set<Listener<never>>>();

  /** Listen; the returned function stops listening. */
  on<N extends EventName>(name: N, listener: Listener<N>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener as Listener<never>));
    return () => void listeners.delete(listener as Listener<never>);
  }

  /** Tell everybody; a listener of the page that fails must not break the chat. */
  emit<N extends EventName>(name: N, detail: EventDetails[N]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        (listener as Listener<N>)(detail);
      } catch (error) {
        console.error(`Rapport: a listener of "${name}" failed`, error);
      }
    }
  }
}
