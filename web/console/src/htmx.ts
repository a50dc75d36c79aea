/** htmx under a strict content security policy, with the session's CSRF token on every change. */
import htmx from "htmx.org";

/**
 * Set htmx up before it looks at the page: no `eval`, no inline styles, no script in what it swaps in.
 * The CSRF token is read from `<meta name="csrf-token">` and sent as `X-CSRF-Token`.
 */
export function configureHtmx(): void {
  htmx.config.allowEval = false;
  htmx.config.allowScriptTags = false;
  htmx.config.includeIndicatorStyles = false;
  htmx.config.selfRequestsOnly = true;
  htmx.config.historyCacheSize = 0;
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
    if (token) (event as CustomEvent<{ headers: Record<string, string> }>).detail.headers["X-CSRF-Token"] = token;
  });
}

/** Ask htmx to run the requests of `element` that wait for `eventName` (its `hx-trigger`). */
export function trigger(element: Element, eventName: string): void {
  htmx.trigger(element, eventName);
}
