/**
 * Charts: `<div class="chart" data-chart-url="/console/api/charts/NAME" role="img" aria-label="…">`. The address answers with an
 * ECharts option as JSON; data only, so the default tooltip (which escapes) is the only one there can be.
 * Built into a file of its own; `charts-loader.ts` fetches it and calls `window.rapportCharts.draw`.
 */
import { BarChart, HeatmapChart, LineChart, PieChart } from "echarts/charts";
import {
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import * as echarts from "echarts/core";
import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { chartTheme } from "./theme.ts";

echarts.use([
  AriaComponent, BarChart, DatasetComponent, GridComponent, HeatmapChart, LegendComponent, LineChart,
  MarkLineComponent, PieChart, SVGRenderer, TitleComponent, TooltipComponent, VisualMapComponent,
]);

declare global {
  interface Window {
    rapportCharts?: { draw: (root: ParentNode) => void };
  }
}

window.rapportCharts = { draw: drawCharts };

const drawn = new WeakMap<Element, EChartsType>();

/** Draw every chart in `root` (itself included) that is not drawn yet. */
export function drawCharts(root: ParentNode): void {
  const own = root instanceof HTMLElement && root.matches("[data-chart-url]") ? [root] : [];
  for (const element of [...own, ...root.querySelectorAll<HTMLElement>("[data-chart-url]")]) {
    if (!drawn.has(element)) void draw(element);
  }
}

async function draw(element: HTMLElement): Promise<void> {
  const chart = echarts.init(element, chartTheme(), { renderer: "svg" });
  drawn.set(element, chart);
  new ResizeObserver(() => chart.resize()).observe(element);
  chart.showLoading({ text: "", maskColor: "transparent" });
  try {
    chart.setOption(safe(await fetchOption(element.dataset.chartUrl as string), element.getAttribute("aria-label")));
  } catch {
    chart.dispose();
    element.textContent = element.dataset.chartError ?? "This chart could not be loaded. Reload the page to try again.";
    element.classList.add("chart-failed");
    return;
  }
  chart.hideLoading();
}

async function fetchOption(url: string): Promise<EChartsCoreOption> {
  const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const body = (await response.json()) as { ok?: boolean; data?: EChartsCoreOption } & EChartsCoreOption;
  return body.ok === true && body.data ? body.data : body;
}

/**
 * The same option with text-only tooltips, a description for screen readers (the page's own `label`, where it gives one), and no
 * motion for who asked for none.
 */
function safe(option: EChartsCoreOption, label: string | null): EChartsCoreOption {
  const tooltip = { ...(option.tooltip as object | undefined), renderMode: "richText", confine: true };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return { ...option, tooltip, aria: { enabled: true, ...(label && { label: { description: label } }) }, animation: !still };
}
