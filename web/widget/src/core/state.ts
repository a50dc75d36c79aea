/** Everything the view shows, in one record that is replaced at each change. */
import type { Status } from "./connection.ts";
import type { Author, Owner } from "./protocol.ts";
import type { Entries } from "./transcript.ts";

export interface State {
  status: Status;
  conversationId: string | null;
  entries: Entries;
  /** False while the history of a (re)connect is still coming in: it is not read aloud, nor announced as new. */
  settled: boolean;
  owner: Owner;
  agentName: string | null;
  customerName: string | null;
  shop: string | null;
  /** Who is typing, but for the customer herself. */
  typing: Author | null;
  unread: number;
  /** What the server says is in the way of a connection, in its own words. */
  trouble: string | null;
  /** The server speaks a newer protocol: only a reload helps. */
  expired: boolean;
}

export const FRESH: State = {
  status: "idle",
  conversationId: null,
  entries: [],
  settled: false,
  owner: "bot",
  agentName: null,
  customerName: null,
  shop: null,
  typing: null,
  unread: 0,
  trouble: null,
  expired: false,
};

/** What a change of the person writing leaves standing. */
export function forgotten(state: State): State {
  return { ...FRESH, status: state.status, shop: state.shop };
}

/** One record, and who wants to hear of a change. */
export class Holder {
  #state: State = FRESH;

  constructor(private readonly changed: (state: State) => void) {}

  get current(): State {
    return this.#state;
  }

  set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    this.changed(this.#state);
  }
}
