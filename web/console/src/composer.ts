/** The answer box: Enter sends, Shift+Enter begins a new line, Esc leaves it; what is half written survives a reload. */

const box = "textarea[data-sends]";
const drafts = "rapport-draft:";

/** Put the half-written answer back into a box that has just appeared, and the cursor with it. */
export function prepareComposer(root: ParentNode): void {
  const area = root instanceof HTMLTextAreaElement && root.matches(box) ? root : root.querySelector<HTMLTextAreaElement>(box);
  if (!area || area.dataset.ready) return;
  area.dataset.ready = "yes";
  if (area.value === "") area.value = sessionStorage.getItem(draftKey()) ?? "";
  const narrow = matchMedia("(max-width: 640px)").matches;
  if (!narrow) area.focus({ preventScroll: true });
}

/** Listen, once for all boxes that come and go. */
export function reactToComposer(): void {
  document.addEventListener("keydown", (event) => {
    const area = event.target;
    if (!(area instanceof HTMLTextAreaElement) || !area.matches(box)) return;
    if (event.key === "Escape") area.blur();
    // While an input method composes a character, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (area.value.trim() !== "") area.form?.requestSubmit();
  });
  document.addEventListener("input", (event) => {
    const area = event.target;
    if (area instanceof HTMLTextAreaElement && area.matches(box)) sessionStorage.setItem(draftKey(), area.value);
  });
  // While an answer is on its way, its box takes no more: what was typed then would vanish with the box.
  document.addEventListener("htmx:beforeRequest", (event) => setSending(event, true));
  document.addEventListener("htmx:afterRequest", (event) => setSending(event, false));
  // Before the answer's own page parts come in: the new box would be filled with the draft again.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { elt, xhr } = (event as CustomEvent<Request>).detail;
    if (xhr.status < 400 && elt.matches("form.answer")) sessionStorage.removeItem(draftKey());
  });
}

interface Request {
  elt: Element;
  xhr: XMLHttpRequest;
}

function setSending(event: Event, sending: boolean): void {
  const { elt } = (event as CustomEvent<Request>).detail;
  const area = elt.matches("form.answer") ? elt.querySelector<HTMLTextAreaElement>(box) : null;
  if (area) area.readOnly = sending;
}

function draftKey(): string {
  return drafts + location.pathname;
}
