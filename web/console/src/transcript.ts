/** Keeps the newest message in view, unless the reader has scrolled up to read something older. */

/** Nearer to the end than this (pixels) counts as reading the end. */
const NEAR = 120;

/** Begin at the end, and follow what is added. */
export function followTranscript(): void {
  const scroller = document.querySelector<HTMLElement>("#scroller");
  if (!scroller) return;
  const toEnd = (): void => {
    scroller.scrollTop = scroller.scrollHeight;
  };
  let atEnd = true;
  toEnd();
  scroller.addEventListener("scroll", () => {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
  });
  const lines = document.querySelector("#lines");
  if (lines) new MutationObserver(() => atEnd && toEnd()).observe(lines, { childList: true, subtree: true });
  new ResizeObserver(() => atEnd && toEnd()).observe(scroller);
}
