/** Waiting times that tick: `<time datetime="…" data-since>`; and how many wait, in the tab's title. */

/** Word a length of time as the server does: "12 s", "3 min 05 s", "2 h 10 min", "3 days". */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (n: number): string => String(n).padStart(2, "0");
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${two(minutes % 60)} min` : `${Math.floor(hours / 24)} days`;
}

/** Let the clocks tick, now and every second. */
export function startClocks(): void {
  const title = document.title;
  const tick = (): void => {
    for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-since]")) {
      const text = duration(Date.now() - Date.parse(element.dateTime));
      if (element.textContent !== text) element.textContent = text;
    }
    const waiting = document.querySelector<HTMLElement>("[data-waiting]")?.dataset.waiting ?? "0";
    const wanted = waiting === "0" ? title : `(${waiting}) ${title}`;
    if (document.title !== wanted) document.title = wanted;
  };
  tick();
  setInterval(tick, 1000);
}
