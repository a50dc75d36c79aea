import assert from "node:assert/strict";
import { test } from "node:test";
import { parseInline, parseText, safeAddress, tidy } from "../src/core/text.ts";

test("bold, links and bare addresses are found, all else stays text", () => {
  assert.deepEqual(parseInline("a **b** [c](https://d.example/) e"), [
    { kind: "text", text: "a " },
    { kind: "bold", children: [{ kind: "text", text: "b" }] },
    { kind: "text", text: " " },
    { kind: "link", href: "https://d.example/", children: [{ kind: "text", text: "c" }] },
    { kind: "text", text: " e" },
  ]);
});

test("the full stop after an address is not a part of it", () => {
  assert.deepEqual(parseInline("See https://d.example/help."), [
    { kind: "text", text: "See " },
    { kind: "link", href: "https://d.example/help", children: [{ kind: "text", text: "https://d.example/help" }] },
    { kind: "text", text: "." },
  ]);
});

test("an address that could run something stays the text that it was", () => {
  for (const evil of ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "vbscript:x", "blob:x", "file:///etc/passwd", "//x", "/x", "x"]) {
    assert.equal(safeAddress(evil), null, evil);
    assert.deepEqual(parseInline(`[click](${evil.replace(/[()]/g, "")})`).map((part) => part.kind), ["text"], evil);
  }
  assert.equal(safeAddress("tel:+15550134"), "tel:+15550134");
  assert.equal(safeAddress("mailto:a@b.example"), "mailto:a@b.example");
});

test("a help page is looked for on the chat's own server, and no other relative address is followed", () => {
  const server = new URL("https://chat.example:8443/static/widget.js");
  assert.equal(safeAddress("/help", server), "https://chat.example:8443/help");
  assert.equal(safeAddress("/help/gift-cards#using-it", server), "https://chat.example:8443/help/gift-cards#using-it");
  for (const other of ["/", "/x", "//help/x", "/helpers", "/help/../console", "/help/a/b", "/help?x=1", "/help//evil.example", "help/x", "/help/\\evil", "/HELP", "/help/%2e%2e"]) {
    assert.equal(safeAddress(other, server), null, other);
  }
  assert.equal(safeAddress("/help"), null, "without a server there is none to look on");
  const [block] = parseText("**All:** see [Gift cards](/help/gift-cards).\n", server);
  assert.deepEqual(block?.kind === "paragraph" && block.lines[0]?.[2], {
    kind: "link", href: "https://chat.example:8443/help/gift-cards", children: [{ kind: "text", text: "Gift cards" }],
  });
});

test("lines make paragraphs, blank lines divide them, dashes and numbers make lists", () => {
  const kinds = parseText("one\ntwo\n\nthree\n- a\n- b\n1. c\n2. d\nend").map((block) =>
    block.kind === "list" ? `${block.ordered ? "ol" : "ul"} ${block.items.length}` : `p ${block.lines.length}`,
  );
  assert.deepEqual(kinds, ["p 2", "p 1", "ul 2", "ol 2", "p 1"]);
});

test("a text of any length is read in a moment", () => {
  const started = performance.now();
  for (const nasty of ["**".repeat(2000), "[".repeat(4000), "[a](".repeat(1000), "http://".repeat(570), "- ".repeat(2000)]) parseText(nasty);
  assert.ok(performance.now() - started < 500);
});

test("control characters, blanks around and half emojis are not sent", () => {
  assert.equal(tidy(" \u0000a\u0007\tb\nc\u007f ", 4000), "a\tb\nc");
  assert.equal(tidy("aaa😀", 4), "aaa");
  assert.equal(tidy("   ", 4000), "");
});
