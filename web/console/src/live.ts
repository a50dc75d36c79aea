/**
 * Live parts of a page. `<section data-live data-live-url="/console/live" hx-get="…" hx-trigger="live">` fetches itself anew
 * whenever the server says on that event stream that something changed; with `data-live-conversation="ID"` only when it
 * concerns that conversation. One stream per address, shared by all its elements.
 */
import { trigger } from "./htmx.ts";

/** Bursts of events within this time (milliseconds) cause one refresh. */
const GATHER_MS = 120;
/** Everything may have changed: the stream was opened (again), or the server lost count. */
const ALL = "*";

const streams = new Map<string, EventSource>();
/** What changed since the last refresh, by stream: conversation ids, or ALL. */
const pending = new Map<string, Set<string>>();

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
  stream.addEventListener("message", (event) => announce(url, concerned(event.data as string)));
  // The browser reconnects by itself; what happened meanwhile is fetched once it is back.
  stream.addEventListener("open", () => announce(url, ALL));
  stream.addEventListener("signed-out", () => location.assign("/console/sign-in"));
  // A refused stream (signed out, or the server is being started) is never tried again by the browser itself.
  stream.addEventListener("error", () => {
    if (stream.readyState !== EventSource.CLOSED) return;
    setTimeout(() => streams.set(url, open(url)), 5000);
  });
  return stream;
}

function concerned(data: string): string {
  try {
    const event = JSON.parse(data) as { conversation_id?: unknown };
    return typeof event.conversation_id === "string" ? event.conversation_id : ALL;
  } catch {
    return ALL;
  }
}

function announce(url: string, what: string): void {
  const gathered = pending.get(url);
  if (gathered) {
    gathered.add(what);
    return;
  }
  const changed = new Set([what]);
  pending.set(url, changed);
  setTimeout(() => {
    pending.delete(url);
    refresh(url, changed);
  }, GATHER_MS);
}

function refresh(url: string, changed: ReadonlySet<string>): void {
  const listeners = document.querySelectorAll(`[data-live][data-live-url="${CSS.escape(url)}"]`);
  for (const element of listeners) {
    const only = element.getAttribute("data-live-conversation");
    if (only === null || changed.has(ALL) || changed.has(only)) trigger(element, "live");
  }
}
