/**
 * Single keys: whatever carries `data-key="t"` is clicked by T; J and K walk through the list, R goes to the answer box.
 * They can be switched off in the help, as WCAG 2.1.4 asks: a voice "types" letters too.
 */
const stored = "rapport-shortcuts";

/** Listen for keys on the whole page. */
export function listenForKeys(): void {
  const box = document.querySelector<HTMLInputElement>("#shortcuts");
  if (box) {
    box.checked = enabled();
    box.addEventListener("change", () => localStorage.setItem(stored, box.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
    if (!enabled() || isTyping(event) || document.querySelector("dialog[open]")) return;
    if (act(event.key.toLowerCase())) event.preventDefault();
  });
}

function enabled(): boolean {
  return localStorage.getItem(stored) !== "off";
}

function isTyping(event: KeyboardEvent): boolean {
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  const target = event.target instanceof HTMLElement ? event.target : null;
  return modified || event.isComposing || (target?.matches("input:not([type=checkbox]), textarea, select") ?? false);
}

function act(key: string): boolean {
  if (key === "j") return walk(1);
  if (key === "k") return walk(-1);
  if (key === "r") {
    const area = document.querySelector<HTMLElement>("#answer");
    area?.focus();
    return area !== null;
  }
  const target = [...document.querySelectorAll<HTMLElement>("[data-key]")].find((element) => element.dataset.key === key);
  target?.click();
  return target !== undefined;
}

function walk(step: number): boolean {
  const entries = [...document.querySelectorAll<HTMLElement>(".entry")];
  if (entries.length === 0) return false;
  const here = entries.findIndex((entry) => entry === document.activeElement);
  const from = here >= 0 ? here : entries.findIndex((entry) => entry.getAttribute("aria-current") === "page");
  const next = Math.min(Math.max(from + step, 0), entries.length - 1);
  entries[next]?.focus();
  return true;
}
