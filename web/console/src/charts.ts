/**
 * Charts: `<div class="chart" data-chart-url="/console/api/charts/NAME" role="img" aria-label="…">`. The address answers with an
 * ECharts option as JSON: data only, so that no name can become markup or script.
 * Built into a file of its own; `charts-loader.ts` fetches it and calls `window.rapportCharts.draw`.
 */
import { fillChart, openChart, type Chart } from "../../charts/src/engine.ts";
import type { TellingOption } from "../../charts/src/prepared.ts";

declare global {
  interface Window {
    rapportCharts?: { draw: (root: ParentNode) => void };
  }
}

window.rapportCharts = { draw: drawCharts };

const drawn = new WeakMap<Element, Chart>();

/** Draw every chart in `root` (itself included) that is not drawn yet. */
export function drawCharts(root: ParentNode): void {
  const own = root instanceof HTMLElement && root.matches("[data-chart-url]") ? [root] : [];
  for (const element of [...own, ...root.querySelectorAll<HTMLElement>("[data-chart-url]")]) {
    if (!drawn.has(element)) void draw(element);
  }
}

async function draw(element: HTMLElement): Promise<void> {
  const chart = openChart(element);
  drawn.set(element, chart);
  new ResizeObserver(() => chart.resize()).observe(element);
  chart.showLoading({ text: "", maskColor: "transparent" });
  try {
    fillChart(chart, await fetchOption(element.dataset.chartUrl as string), element.getAttribute("aria-label"));
  } catch {
    chart.dispose();
    element.textContent = element.dataset.chartError ?? "This chart could not be loaded. Reload the page to try again.";
    element.classList.add("chart-failed");
    return;
  }
  chart.hideLoading();
}

async function fetchOption(url: string): Promise<TellingOption> {
  const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const body = (await response.json()) as { ok?: boolean; data?: TellingOption } & TellingOption;
  return body.ok === true && body.data ? body.data : body;
}
