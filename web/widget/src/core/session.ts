/** The conversation's life in this page: connects, keeps the transcript, knows who writes, tells what is unread. */
import { type Clock, Connection, realClock, type Socket } from "./connection.ts";
import type { Events } from "./events.ts";
import { subjectOf } from "./identity.ts";
import { Outbox } from "./outbox.ts";
import { type ClientFrame, type Message, type ServerFrame, VERSION, type Welcome } from "./protocol.ts";
import { Sending } from "./sending.ts";
import { forgotten, Holder, type State } from "./state.ts";
import type { Notes } from "./storage.ts";
import { seenUpTo, unreadAfter, withMessage } from "./transcript.ts";

/** That long without a further message after the welcome, and the history is complete. */
const SETTLE_MS = 250;
/** A typing sign is believed that long. */
const TYPING_MS = 8_000;

export interface Surroundings {
  openSocket: () => Socket;
  /** Kept over visits: bearer token, what is read, what is not yet sent. */
  notes: Notes;
  /** Kept for this tab only: the signed identity. */
  tabNotes: Notes;
  events: Events;
  changed: (state: State) => void;
  clock?: Clock;
}

export class Session {
  readonly sending: Sending;
  readonly #connection: Connection;
  readonly #holder: Holder;
  readonly #notes: Notes;
  readonly #tab: Notes;
  readonly #events: Events;
  readonly #clock: Clock;
  #cancelSettle = (): void => {};
  #cancelTyping = (): void => {};
  #looking = false;

  constructor({ openSocket, notes, tabNotes, events, changed, clock = realClock }: Surroundings) {
    this.#notes = notes;
    this.#tab = tabNotes;
    this.#events = events;
    this.#clock = clock;
    this.#holder = new Holder(changed);
    this.#connection = new Connection(
      openSocket,
      { hello: () => this.#hello(), frame: (frame) => this.#take(frame), status: (status) => this.#statusChanged(status) },
      clock,
    );
    this.sending = new Sending(() => this.#connection, new Outbox(notes), this.#holder, () => this.#writer, clock);
  }

  get state(): State {
    return this.#holder.current;
  }

  /** True when there is something to come back to: an earlier conversation, or a customer who is signed in. */
  get hasPast(): boolean {
    return this.#notes.get("token") !== null || this.#tab.get("identity") !== null;
  }

  start(): void {
    if (this.state.status === "idle") this.sending.resume();
    this.#connection.start();
  }

  /** Do not wait for the next try. */
  hurry(): void {
    if (this.state.status === "offline") this.#connection.restart();
  }

  /** The customer is known by a token that the shop has signed; a token of the same customer only renews it. */
  identify(jwt: string): void {
    const [before, now] = [this.#writer, subjectOf(jwt)];
    this.#tab.set("identity", jwt);
    if (before !== now) {
      if (before !== "") this.#forgetPerson();
      this.#beginAnew();
    } else if (this.state.status !== "online") {
      this.#connection.restart();
    }
  }

  /** Forget the customer and her conversation on this device. */
  signOut(): void {
    this.#tab.set("identity", null);
    this.#forgetPerson();
    if (this.state.status === "idle") this.#holder.set(forgotten(this.state));
    else this.#beginAnew();
  }

  /** Whether the customer sees the transcript now; what she sees is read. */
  look(looking: boolean): void {
    this.#looking = looking;
    this.recount();
  }

  /** Count what is unread anew (another tab may have shown it). */
  recount(): void {
    const { conversationId, entries, unread } = this.state;
    const note = `read:${conversationId}`;
    const seen = seenUpTo(entries);
    const read = Number(this.#notes.get(note) ?? 0);
    if (this.#looking && conversationId && seen > read) this.#notes.set(note, String(seen));
    const count = this.#looking ? 0 : unreadAfter(entries, read);
    if (count === unread) return;
    this.#holder.set({ unread: count });
    this.#events.emit("unread", { count });
  }

  get #writer(): string {
    const identity = this.#tab.get("identity");
    return identity ? subjectOf(identity) : "";
  }

  #hello(): ClientFrame {
    const identity = this.#tab.get("identity");
    return { type: "hello", v: VERSION, token: this.#notes.get("token"), identity, after: seenUpTo(this.state.entries) };
  }

  #forgetPerson(): void {
    this.#notes.set("token", null);
    this.sending.clear();
  }

  #beginAnew(): void {
    this.#holder.set(forgotten(this.state));
    this.#connection.restart();
  }

  #statusChanged(status: State["status"]): void {
    this.#holder.set({ status, typing: null });
    if (status === "offline") this.sending.pause();
  }

  #take(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome": return this.#welcome(frame);
      case "message": return this.#message(frame);
      case "ack": return this.sending.acked(frame.id, frame.seq);
      case "typing": return this.#typing(frame.author);
      case "owner": {
        this.#holder.set({ owner: frame.owner, agentName: frame.agentName });
        return this.#events.emit("owner", { owner: frame.owner, agentName: frame.agentName });
      }
      case "error": return this.#error(frame.code, frame.message, frame.id);
      case "pong": return undefined;
    }
  }

  #welcome({ conversationId, token, customerName, owner, agentName, shop }: Welcome): void {
    const known = this.state.conversationId;
    if (token) this.#notes.set("token", token);
    if (known !== null && known !== conversationId) return this.#beginAnew();
    this.#holder.set({ conversationId, customerName, owner, agentName, shop, settled: false, trouble: null });
    this.#connection.established();
    this.sending.resume();
    this.#settleSoon();
    this.#events.emit("ready", {});
  }

  #message(message: Message): void {
    const isNew = this.state.settled && !this.state.entries.some(({ seq }) => seq === message.seq);
    if (message.clientId) this.sending.arrived(message.clientId);
    const typing = message.author === "customer" ? this.state.typing : null;
    this.#holder.set({ entries: withMessage(this.state.entries, message), typing });
    if (!this.state.settled) this.#settleSoon();
    this.recount();
    if (isNew) this.#events.emit("message", { author: message.author, text: message.text, at: message.at });
  }

  #settleSoon(): void {
    this.#cancelSettle();
    this.#cancelSettle = this.#clock.after(SETTLE_MS, () => this.#holder.set({ settled: true }));
  }

  #typing(author: State["typing"]): void {
    if (author === "customer" || author === "system") return;
    this.#cancelTyping();
    this.#holder.set({ typing: author });
    this.#cancelTyping = this.#clock.after(TYPING_MS, () => this.#holder.set({ typing: null }));
  }

  #error(code: string, message: string, id: string | null): void {
    this.#events.emit("error", { code, message });
    if (id !== null) this.sending.refused(id, code);
    else if (code === "bad_token") this.#tokenRefused();
    else if (code === "bad_identity") this.#identityRefused();
    else if (code === "unsupported_version") {
      this.#holder.set({ expired: true });
      this.#connection.stop();
    } else if (this.state.status !== "online") this.#holder.set({ trouble: message });
  }

  /** The server has forgotten this visitor: begin anew, at once, but only once. */
  #tokenRefused(): void {
    const again = this.#notes.get("token") !== null;
    this.#notes.set("token", null);
    if (again) this.#beginAnew();
    else this.#connection.lose();
  }

  /** Go on as a visitor, and let the page know, so that it can hand in a fresh token. */
  #identityRefused(): void {
    this.#tab.set("identity", null);
    this.#holder.set(forgotten(this.state));
    this.#connection.lose();
    this.#events.emit("identityExpired", {});
  }
}
