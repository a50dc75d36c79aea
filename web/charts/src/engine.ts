/** ECharts with what our charts need and nothing else. */
import { BarChart, BoxplotChart, HeatmapChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapContinuousComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { chartTheme } from "../../console/src/theme.ts";
import { prepared, type TellingOption } from "./prepared.ts";

echarts.use([
  AriaComponent, BarChart, BoxplotChart, GridComponent, HeatmapChart, LegendComponent, LineChart, SankeyChart, SVGRenderer,
  ScatterChart, TooltipComponent, VisualMapContinuousComponent,
]);

export type Chart = echarts.EChartsType;

/** An empty chart in the page's colours. */
export function openChart(element: HTMLElement): Chart {
  return echarts.init(element, chartTheme(), { renderer: "svg" });
}

/** Fill a chart. `label` describes it for screen readers. */
export function fillChart(chart: Chart, option: TellingOption, label: string | null): void {
  chart.setOption(prepared(option, label));
}
