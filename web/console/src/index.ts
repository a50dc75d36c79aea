/** The console's pages come from the server; this adds what a page cannot do by itself: partial updates, live lists, charts, keys. */
import { drawCharts } from "./charts-loader.ts";
import { prepareComposer, reactToComposer } from "./composer.ts";
import { configureHtmx } from "./htmx.ts";
import { listenForKeys } from "./keys.ts";
import { listenLive } from "./live.ts";
import { listenForPanels } from "./panels.ts";
import { listenForSuggestions } from "./suggestions.ts";
import { startClocks } from "./clocks.ts";
import { followTranscript } from "./transcript.ts";
import { tellFaults } from "./toast.ts";

configureHtmx();
tellFaults();

/** Wire up `root` (the page at first, then every part that htmx puts in). */
function enliven(root: ParentNode): void {
  void drawCharts(root);
  listenLive(root);
  prepareComposer(root);
}

document.addEventListener("DOMContentLoaded", () => {
  enliven(document);
  listenForKeys();
  listenForPanels();
  listenForSuggestions();
  reactToComposer();
  startClocks();
  followTranscript();
});
document.addEventListener("htmx:load", (event) => enliven((event as CustomEvent<{ elt: ParentNode }>).detail.elt));
