/** The console's pages come from the server; this adds what a page cannot do by itself: partial updates, live lists, charts. */
import { drawCharts } from "./charts-loader.ts";
import { configureHtmx } from "./htmx.ts";
import { listenLive } from "./live.ts";

configureHtmx();

/** Wire up `root` (the page at first, then every part that htmx puts in). */
function enliven(root: ParentNode): void {
  void drawCharts(root);
  listenLive(root);
}

document.addEventListener("DOMContentLoaded", () => enliven(document));
document.addEventListener("htmx:load", (event) => enliven((event as CustomEvent<{ elt: ParentNode }>).detail.elt));
