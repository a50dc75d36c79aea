/** Loads the chart code (console-charts.js, beside this script) the first time that a page shows a chart. */
const charts = "[data-chart-url]";
const here = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href;

let loading: Promise<void> | undefined;

/** Draw the charts in `root`, if there are any. */
export async function drawCharts(root: ParentNode): Promise<void> {
  const any = (root instanceof Element && root.matches(charts)) || root.querySelector(charts) !== null;
  if (!any) return;
  loading ??= load(sibling("console-charts.js"));
  await loading;
  (window as { rapportCharts?: { draw: (root: ParentNode) => void } }).rapportCharts?.draw(root);
}

/** A file beside this script, of the same version (`?v=…`). */
function sibling(name: string): string {
  const url = new URL(name, here);
  url.search = new URL(here).search;
  return url.href;
}

function load(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(`${src} could not be loaded`)));
    document.head.append(script);
  });
}
