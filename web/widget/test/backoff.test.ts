import assert from "node:assert/strict";
import { test } from "node:test";
import { delayBefore } from "../src/core/backoff.ts";

test("the wait is at least a second, and its limit doubles up to thirty", () => {
  const longest = () => 1;
  assert.deepEqual([1, 2, 3, 4, 5, 6, 50].map((attempt) => delayBefore(attempt, longest)), [2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  assert.deepEqual([1, 2, 50].map((attempt) => delayBefore(attempt, () => 0)), [1000, 1000, 1000]);
});

test("the wait is spread evenly between its ends", () => {
  assert.equal(delayBefore(2, () => 0.5), 1000 + 0.5 * (4000 - 1000));
});
