/** A suggested product (`data-writes`): its words go into the answer's box, where she edits and sends them herself. */

/** Listen, once for all suggestions that come and go. */
export function listenForSuggestions(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element | null)?.closest<HTMLElement>("[data-writes]");
    const area = document.querySelector<HTMLTextAreaElement>("textarea[data-sends]");
    if (!button || !area || area.readOnly) return;
    const before = area.value.trimEnd();
    area.value = (before === "" ? "" : `${before}\n`) + button.dataset.writes;
    // As if she had typed it, so that the draft is kept.
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  });
}
