import assert from "node:assert/strict";
import { test } from "node:test";
import type { Message } from "../src/core/protocol.ts";
import {
  type Entries, openQuickReplies, pendingEntry, seenUpTo, unreadAfter, withAck, withDelivery, withMessage, withPending,
} from "../src/core/transcript.ts";

const said = (seq: number, more: Partial<Message> = {}): Message => ({
  type: "message", seq, clientId: null, author: "bot", authorName: null, text: `number ${seq}`, quickReplies: [], cards: [], at: seq, ...more,
});
const saidAll = (...messages: Message[]): Entries => messages.reduce(withMessage, [] as Entries);
const texts = (entries: Entries): string[] => entries.map(({ text }) => text);

test("messages stand in the order of their seq, however they come", () => {
  assert.deepEqual(texts(saidAll(said(3), said(1), said(2))), ["number 1", "number 2", "number 3"]);
});

test("a repeated message changes nothing", () => {
  assert.equal(saidAll(said(1), said(2), said(1), said(2)).length, 2);
});

test("a pending message keeps its place on the screen when it is acknowledged and when it comes back", () => {
  const pending = withPending(saidAll(said(1)), pendingEntry("c1", "mine", 5, "sending"));
  const acked = withAck(pending, "c1", 2);
  const back = withMessage(acked, said(2, { author: "customer", clientId: "c1", text: "mine" }));
  assert.deepEqual([pending, acked, back].map((entries) => entries.map(({ key }) => key)), Array(3).fill(["#1", "c1"]));
  assert.deepEqual(back.map(({ delivery }) => delivery), ["sent", "sent"]);
});

test("it does not matter whether the message or its acknowledgement comes first", () => {
  const pending = withPending([], pendingEntry("c1", "mine", 5, "sending"));
  const echoed = withMessage(pending, said(1, { author: "customer", clientId: "c1", text: "mine", at: 5 }));
  assert.deepEqual(withAck(echoed, "c1", 1), echoed);
});

test("what is pending comes last, and writing it down twice makes one", () => {
  const entry = pendingEntry("c1", "mine", 0, "queued");
  assert.deepEqual(texts(withPending(withPending(saidAll(said(1), said(2)), entry), entry)), ["number 1", "number 2", "mine"]);
});

test("a late failure does not undo a delivery", () => {
  const acked = withAck(withPending([], pendingEntry("c1", "mine", 0, "sending")), "c1", 1);
  assert.deepEqual(withDelivery(acked, "c1", "failed", "again"), acked);
});

test("only what is there without a gap counts as seen", () => {
  assert.equal(seenUpTo([]), 0);
  assert.equal(seenUpTo(saidAll(said(1), said(2), said(4))), 2);
  assert.equal(seenUpTo(saidAll(said(7), said(8))), 8, "an old conversation may begin later");
  const ackedBeyondAGap = withAck(withPending(saidAll(said(1)), pendingEntry("c1", "mine", 0, "sending")), "c1", 3);
  assert.equal(seenUpTo(ackedBeyondAGap), 1);
});

test("unread is what others have said since", () => {
  assert.equal(unreadAfter(saidAll(said(1), said(2, { author: "customer" }), said(3), said(4, { author: "system" })), 1), 2);
});

test("quick replies are open until the customer says something", () => {
  const offered = saidAll(said(1, { quickReplies: [{ id: "r", title: "R" }] }), said(2));
  assert.deepEqual(openQuickReplies(offered), [{ id: "r", title: "R" }]);
  assert.deepEqual(openQuickReplies(withPending(offered, pendingEntry("c1", "mine", 9, "queued"))), []);
});
