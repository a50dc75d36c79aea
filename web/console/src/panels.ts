/** Dialogs (`data-opens`, `data-closes`), the profile's drawer (`data-shows`), fields that select themselves (`data-selects`). */

/** Listen for clicks on the buttons that open and close things. */
export function listenForPanels(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const opens = target?.closest<HTMLElement>("[data-opens]");
    const closes = target?.closest<HTMLElement>("[data-closes]");
    const shows = target?.closest<HTMLElement>("[data-shows]");
    if (opens) dialog(opens.dataset.opens)?.showModal();
    if (closes) dialog(closes.dataset.closes)?.close();
    if (shows) toggle(shows.dataset.shows ?? "");
    if (target instanceof HTMLInputElement && target.matches("[data-selects]")) target.select();
  });
  document.addEventListener("keydown", (event) => {
    const shown = document.querySelector<HTMLElement>(".profile.shown");
    if (event.key === "Escape" && shown) toggle(shown.id);
  });
}

function dialog(id: string | undefined): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>(`dialog#${CSS.escape(id ?? "")}`);
}

/** A wide window shows the panel unless it is hidden; a narrow one hides it unless it is shown. */
function toggle(id: string): void {
  const panel = document.getElementById(id);
  if (!panel) return;
  const wide = matchMedia("(min-width: 1240px)").matches;
  panel.classList.toggle(wide ? "hidden" : "shown");
  const visible = wide ? !panel.classList.contains("hidden") : panel.classList.contains("shown");
  const opener = document.querySelector<HTMLElement>(`[data-shows="${CSS.escape(id)}"][aria-controls]`);
  opener?.setAttribute("aria-expanded", String(visible));
  if (wide) return;
  const closer = panel.querySelector<HTMLElement>(".profile-close");
  (visible ? closer : opener)?.focus();
}
