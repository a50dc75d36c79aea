import assert from "node:assert/strict";
import { test } from "node:test";
import { readFrame } from "../src/core/protocol.ts";

test("a welcome is read with its customer, owner and shop", () => {
  const frame = { type: "welcome", v: 1, conversation_id: "k", token: "t", customer: { name: "Anna" }, owner: "agent", agent_name: "Maria", shop: "S" };
  assert.deepEqual(readFrame(JSON.stringify(frame)), {
    type: "welcome", conversationId: "k", token: "t", customerName: "Anna", owner: "agent", agentName: "Maria", shop: "S",
  });
});

test("what is missing or of the wrong kind takes a harmless value", () => {
  const read = readFrame(JSON.stringify({ type: "message", seq: "1", author: "root", text: 5, cards: [null], quick_replies: [{ id: 1 }], at: "now" }));
  assert.deepEqual({ ...read, at: 0 }, {
    type: "message", seq: 0, clientId: null, author: "system", authorName: null, text: "", quickReplies: [],
    cards: [{ id: "", title: "", subtitle: "", price: "", reason: "", quickReplies: [] }], at: 0,
  });
});

test("what is not a frame of version 1 is nothing", () => {
  for (const data of ["", "null", "[]", "7", "{", '{"type":"toString"}', '{"type":"__proto__"}', '{"type":"later"}', new ArrayBuffer(2), undefined]) {
    assert.equal(readFrame(data), null);
  }
});
