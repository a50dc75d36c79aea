/** One WebSocket that stays alive: hello at each opening, heartbeat, jittered back-off after a loss. */
import { delayBefore } from "./backoff.ts";
import { type ClientFrame, readFrame, type ServerFrame } from "./protocol.ts";

export type Status = "idle" | "connecting" | "online" | "offline" | "stopped";

/** The part of WebSocket that is used, so that a test can hand in its own. */
export type Socket = Pick<WebSocket, "send" | "close" | "readyState" | "onopen" | "onmessage" | "onclose">;

export interface Hooks {
  /** The first frame of each connection. */
  hello(): ClientFrame;
  frame(frame: ServerFrame): void;
  status(status: Status): void;
}

export interface Clock {
  after(ms: number, run: () => void): () => void;
}

export const realClock: Clock = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

const HEARTBEAT_MS = 30_000;
/** Silence after a ping that long means that the line is dead, whatever the socket says. */
const PATIENCE_MS = 10_000;
const OPEN = 1;

export class Connection {
  #socket: Socket | null = null;
  #attempt = 0;
  #cancel: (() => void)[] = [];
  #status: Status = "idle";

  constructor(
    private readonly open: () => Socket,
    private readonly hooks: Hooks,
    private readonly clock: Clock = realClock,
  ) {}

  get status(): Status {
    return this.#status;
  }

  /** Connect, unless that has been done. */
  start(): void {
    if (this.#status === "idle" || this.#status === "stopped") this.#connect();
  }

  /** Close and stay closed. */
  stop(): void {
    this.#drop();
    this.#become("stopped");
  }

  /** Begin again at once, with a new hello. */
  restart(): void {
    this.#attempt = 0;
    this.#connect();
  }

  /** The server knows us: from here on frames are taken. */
  established(): void {
    this.#attempt = 0;
    this.#become("online");
    this.#beat();
  }

  /** Hand over a frame; false when there is no live connection. */
  send(frame: ClientFrame): boolean {
    if (this.#status !== "online" || this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Lose the line on purpose and come back after the usual wait. */
  lose(): void {
    this.#drop();
    this.#become("offline");
    this.#attempt += 1;
    this.#later(delayBefore(this.#attempt), () => this.#connect());
  }

  #connect(): void {
    this.#drop();
    if (this.#status !== "offline") this.#become("connecting");
    const socket = this.open();
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.hooks.hello()));
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = () => this.lose();
  }

  #receive(data: unknown): void {
    if (this.#status === "online") this.#beat();
    const frame = readFrame(data);
    if (frame) this.hooks.frame(frame);
  }

  /** Any sign of life postpones the next ping. */
  #beat(): void {
    this.#quiet();
    this.#later(HEARTBEAT_MS, () => {
      this.send({ type: "ping" });
      this.#later(PATIENCE_MS, () => this.lose());
    });
  }

  #later(ms: number, run: () => void): void {
    this.#cancel.push(this.clock.after(ms, run));
  }

  #quiet(): void {
    for (const cancel of this.#cancel.splice(0)) cancel();
  }

  #drop(): void {
    this.#quiet();
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #become(status: Status): void {
    if (this.#status === status) return;
    this.#status = status;
    this.hooks.status(status);
  }
}
