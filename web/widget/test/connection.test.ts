import assert from "node:assert/strict";
import { test } from "node:test";
import { type Clock, Connection, type Socket, type Status } from "../src/core/connection.ts";

/** A clock that moves only when told. */
class FakeClock implements Clock {
  now = 0;
  #alarms: { at: number; run: () => void }[] = [];

  after(ms: number, run: () => void): () => void {
    const alarm = { at: this.now + ms, run };
    this.#alarms.push(alarm);
    return () => void (this.#alarms = this.#alarms.filter((other) => other !== alarm));
  }

  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.#alarms.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.now = next.at;
      this.#alarms = this.#alarms.filter((other) => other !== next);
      next.run();
    }
    this.now = end;
  }
}

class FakeSocket {
  readyState = 1;
  sent: { type: string }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  send(data: string): void {
    this.sent.push(JSON.parse(data) as { type: string });
  }
  close(): void {
    this.readyState = 3;
  }
}

function world() {
  const clock = new FakeClock();
  const sockets: FakeSocket[] = [];
  const told: Status[] = [];
  const open = (): Socket => {
    sockets.push(new FakeSocket());
    return sockets.at(-1) as unknown as Socket;
  };
  const hooks = { hello: () => ({ type: "ping" as const }), frame: () => connection.established(), status: (status: Status) => told.push(status) };
  const connection = new Connection(open, hooks, clock);
  const greet = (): void => {
    sockets.at(-1)?.onopen?.();
    sockets.at(-1)?.onmessage?.({ data: '{"type":"pong"}' });
  };
  return { clock, sockets, told, connection, greet };
}

test("hello is the first frame, and only a welcome makes it online", () => {
  const { connection, sockets, told, greet } = world();
  connection.start();
  assert.equal(connection.send({ type: "typing" }), false);
  greet();
  assert.deepEqual(told, ["connecting", "online"]);
  assert.ok(connection.send({ type: "typing" }));
  assert.deepEqual(sockets[0]?.sent.map(({ type }) => type), ["ping", "typing"]);
});

test("after a loss it tries again, later and later, until it is back", () => {
  const { connection, sockets, clock, told, greet } = world();
  connection.start();
  greet();
  for (const longest of [2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    const tries = sockets.length;
    sockets.at(-1)?.onclose?.();
    clock.pass(999);
    assert.equal(sockets.length, tries, "never within the first second");
    clock.pass(longest - 999);
    assert.equal(sockets.length, tries + 1);
  }
  greet();
  assert.deepEqual(told, ["connecting", "online", "offline", "online"]);
  sockets.at(-1)?.onclose?.();
  clock.pass(2_000);
  assert.equal(sockets.length, 8, "a success begins the count anew");
});

test("a silent line is pinged after thirty seconds and given up ten later", () => {
  const { connection, sockets, clock, told, greet } = world();
  connection.start();
  greet();
  clock.pass(30_000);
  assert.equal(sockets[0]?.sent.length, 2);
  sockets[0]?.onmessage?.({ data: '{"type":"pong"}' });
  clock.pass(30_000);
  assert.equal(told.at(-1), "online");
  clock.pass(10_000);
  assert.equal(told.at(-1), "offline");
});

test("stopped is stopped", () => {
  const { connection, sockets, clock, greet } = world();
  connection.start();
  greet();
  connection.stop();
  clock.pass(1_000_000);
  assert.equal(sockets.length, 1);
});
