import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, fill, LOCALES, pickLocale } from "../src/core/i18n.ts";
import { newId, subjectOf } from "../src/core/identity.ts";
import { chatAddress, readableOn, readSettings } from "../src/core/settings.ts";

const SCRIPT = "https://chat.example/static/widget.js";
const read = (data: Record<string, string>) => readSettings(data, SCRIPT, ["en-GB"]);

test("without any setting the chat belongs to where its script came from", () => {
  const settings = read({});
  assert.equal(chatAddress(settings.server), "wss://chat.example/v1/chat");
  assert.deepEqual({ ...settings, server: 0 }, { server: 0, identity: null, title: null, position: "end", accent: null, locale: "en", language: "en-GB", starters: [] });
});

test("a server may be named, with http for development", () => {
  assert.equal(chatAddress(read({ server: "http://localhost:8080" }).server), "ws://localhost:8080/v1/chat");
});

test("a wrong setting is as good as none", () => {
  const { accent, position, server } = read({ accent: "red;x:url(y)", position: "top", server: "http://" });
  assert.deepEqual([accent, position, server.href], [null, "end", SCRIPT]);
});

test("the first language that there are words for is taken", () => {
  assert.equal(pickLocale(["pt-BR", "de-AT", "en"]), "de");
  assert.equal(pickLocale(["xx", "constructor"]), "en");
  assert.equal(readSettings({ locale: "fr" }, SCRIPT, ["de"]).locale, "fr");
  assert.equal(readSettings({}, SCRIPT, ["fi", "de-CH"]).language, "de-CH");
});

test("every language fills the same gaps", () => {
  const gaps = (words: string): string[] => (words.match(/\{\w+\}/g) ?? []).sort();
  for (const [locale, words] of Object.entries(LOCALES)) {
    for (const key of Object.keys(LOCALES.en) as (keyof typeof words)[]) {
      assert.ok(words[key].trim() !== "", `${locale}.${key} is empty`);
      assert.deepEqual(gaps(words[key]), gaps(LOCALES.en[key]), `${locale}.${key}`);
    }
  }
});

test("gaps are filled with text, and unknown ones stay", () => {
  assert.equal(fill("Hello {name}, {n} {toString}", { name: "$& Anna", n: 2 }), "Hello $& Anna, 2 {toString}");
});

test("today and yesterday have names, other days a date", () => {
  const noon = new Date(2026, 10, 22, 12).getTime();
  const day = 86_400_000;
  assert.deepEqual([0, 1].map((ago) => dayOf(noon - ago * day, noon, "en")), ["today", "yesterday"]);
  assert.ok(dayOf(noon - 5 * day, noon, "en").includes("17"));
});

test("text on a colour is black or white, whichever reads better", () => {
  assert.deepEqual(["#fff", "#000000", "#ffd400", "#136f5b"].map(readableOn), ["#000000", "#ffffff", "#000000", "#ffffff"]);
});

test("the subject of a token is read, and an unreadable token stands for itself", () => {
  const token = `h.${btoa(JSON.stringify({ sub: "1609" })).replace(/=+$/, "")}.s`;
  assert.deepEqual([token, "nonsense", "a.b.c"].map(subjectOf), ["1609", "nonsense", "a.b.c"]);
});

test("ids have the length that the protocol asks for and do not repeat", () => {
  const ids = new Set(Array.from({ length: 100 }, newId));
  assert.equal(ids.size, 100);
  assert.ok([...ids].every((id) => /^[0-9a-f]{32}$/.test(id)));
});
