/**
 * Live parts of a page. `<section data-live data-live-url="/console/live" hx-get="…" hx-trigger="live">` fetches itself anew
 * whenever the server says on that event stream that something changed. One stream per address, shared by all its elements.
 */
import { trigger } from "./htmx.ts";

/** Bursts of events within this time (milliseconds) cause one refresh. */
const GATHER_MS = 150;

const streams = new Map<string, EventSource>();
const pending = new Set<string>();

/** Subscribe every live element in `root` (itself included) that is not subscribed yet. */
export function listenLive(root: ParentNode): void {
  const own = root instanceof Element && root.matches("[data-live]") ? [root] : [];
  for (const element of [...own, ...root.querySelectorAll("[data-live]")]) {
    const url = element.getAttribute("data-live-url");
    if (url && !streams.has(url)) streams.set(url, open(url));
  }
}

function open(url: string): EventSource {
  const stream = new EventSource(url);
  stream.addEventListener("message", () => announce(url));
  // The browser reconnects by itself; what happened meanwhile is fetched once it is back.
  stream.addEventListener("open", () => announce(url));
  return stream;
}

function announce(url: string): void {
  if (pending.has(url)) return;
  pending.add(url);
  setTimeout(() => {
    pending.delete(url);
    const listeners = document.querySelectorAll(`[data-live][data-live-url="${CSS.escape(url)}"]`);
    for (const element of listeners) trigger(element, "live");
    if (listeners.length === 0) {
      streams.get(url)?.close();
      streams.delete(url);
    }
  }, GATHER_MS);
}
