import assert from "node:assert/strict";
import { test } from "node:test";
import { written } from "../src/figures.ts";

test("small figures keep a third digit, so that marks of an axis do not read the same", () => {
  assert.deepEqual([0, 0.005, 0.01, 0.015].map((value) => written(value, "figure", "")), ["0", "0.005", "0.01", "0.015"]);
  assert.equal(written(0.123, "figure", ""), "0.12");
});

test("amounts are short on an axis, and a minus is a minus", () => {
  assert.equal(written(400_000, "money", "$", true), "$400K");
  assert.equal(written(-0.153, "share", ""), "−15.3 %");
});
