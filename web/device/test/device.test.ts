import assert from "node:assert/strict";
import { test } from "node:test";
import { Catalogue, type Export } from "../src/catalogue.ts";
import { Device } from "../src/index.ts";
import { KEY, Memory } from "../src/memory.ts";
import { suggest } from "../src/scorer.ts";

const NAMES = ["Pasta", "Sauce", "Cheese", "Noodles", "Soap"];
/** [neighbour, level, bought together] of each product. */
const NEAR: [number, number, number][][] = [[[1, 127, 1], [2, 60, 1], [3, 20, 0]], [[0, 127, 1], [2, 127, 1]], [], [[0, 127, 0]], []];

function shop(): Export {
  const places = NEAR.flatMap((near) => [0, 1, 2].flatMap((at) => [near[at]?.[0] ?? 0, 0]));
  const weights = NEAR.flatMap((near) => [0, 1, 2].map((at) => (near[at] ? 2 * near[at][1] + near[at][2] : 0)));
  const packed = (bytes: number[]): string => btoa(String.fromCharCode(...bytes));
  return {
    format: 1, currency: "$", categories: ["Food"], ids: ["p", "s", "c", "n", "x"], others: [["p2"], [], [], [], []], names: NAMES,
    category: [0, 0, 0, 0, 0], department: NAMES.map(() => "All"), prices: [1, 2, null, 4, 5], popularity: [9, 8, 7, 6, 5],
    kept: 3, neighbours: packed(places), weights: packed(weights),
  };
}

class Kept {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}
const area = (kept: Kept): Storage => kept as unknown as Storage;
const names = (noticed: Parameters<typeof suggest>[1], limit = 8): string[] =>
  suggest(new Catalogue(shop()), noticed, limit).map(({ product }) => product.name);

test("what goes with the product looked at comes first, each with its true reason", () => {
  const found = suggest(new Catalogue(shop()), [{ signal: "viewed", id: "p" }], 8);
  assert.deepEqual(found.map(({ product, reason }) => [product.name, reason]), [
    ["Sauce", "goes with Pasta that you looked at"],
    ["Cheese", "goes with Pasta that you looked at"],
    ["Noodles", "is like Pasta that you looked at"],
  ]);
  assert.equal(found[1]?.product.price, null);
});

test("another product of a kind is recognised, an unknown one says nothing", () => {
  assert.deepEqual(names([{ signal: "viewed", id: "p2" }]), ["Sauce", "Cheese", "Noodles"]);
  assert.deepEqual(names([{ signal: "viewed", id: "nobody's" }]), []);
  assert.deepEqual(names([]), []);
});

test("two signals add up, and what is in the cart is not suggested", () => {
  const found = suggest(new Catalogue(shop()), [{ signal: "viewed", id: "p" }, { signal: "cart", id: "s" }], 8);
  assert.equal(found[0]?.product.name, "Cheese");
  assert.equal(found[0]?.reason, "goes with Sauce in your cart");
  assert.deepEqual(found.map(({ product }) => product.name), ["Cheese", "Noodles"]);
});

test("what was refused is gone, and what goes with it sinks", () => {
  assert.deepEqual(names([{ signal: "viewed", id: "p" }, { signal: "refused", id: "s" }]), ["Noodles"]);
});

test("an export of another format is told", () => {
  let message = "";
  try {
    new Catalogue({ ...shop(), format: 2 });
  } catch (error) {
    message = (error as Error).message;
  }
  assert.equal(message, "an export of format 2 cannot be read; reload the page");
});

test("nothing is kept before it is allowed; then one key, capped, and gone when forgotten", () => {
  const kept = new Kept();
  const memory = new Memory(area(kept));
  for (let number = 0; number < 60; number++) memory.add("viewed", `product ${number}`);
  assert.equal(kept.items.size, 0);
  memory.allow(true);
  assert.deepEqual([...kept.items.keys()], [KEY]);
  const again = new Memory(area(kept));
  assert.equal(again.noticed.length, 50);
  assert.deepEqual(again.noticed.at(-1), { signal: "viewed", id: "product 59" });
  again.forget();
  assert.deepEqual([kept.items.size, again.noticed.length, again.allowed], [0, 0, false]);
});

test("a look at what was refused does not bring it back, and nonsense in the storage is ignored", () => {
  const kept = new Kept();
  kept.setItem(KEY, '[["viewed","a"],["sold","b"],["refused",7],"x",["refused","c"]]');
  const memory = new Memory(area(kept));
  memory.add("viewed", "c");
  assert.deepEqual(memory.noticed, [{ signal: "viewed", id: "a" }, { signal: "refused", id: "c" }]);
  kept.setItem(KEY, "{");
  assert.equal(new Memory(area(kept)).noticed.length, 0);
});

test("the export is fetched once, again only after it failed, and a change is told", async () => {
  let fetched = 0;
  const device = new Device(null, () => (++fetched === 1 ? Promise.reject(new Error("away")) : Promise.resolve(shop())));
  let told = 0;
  const stop = device.onChange(() => told++);
  assert.deepEqual(await device.recommend(), []);
  assert.equal(fetched, 0);
  device.noticed("viewed", "p");
  assert.equal(await device.recommend().catch((error: Error) => error.message), "away");
  assert.equal((await device.recommend(2)).length, 2);
  assert.equal((await device.recommend()).length, 3);
  stop();
  device.forget();
  assert.deepEqual([fetched, told], [2, 1]);
});
