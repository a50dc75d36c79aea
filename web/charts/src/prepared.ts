/**
 * What an option of the server cannot say as data: how figures are written, how fields are coloured, what a tooltip says.
 * Tooltips are text drawn into the picture (`richText`), so that a name can never become markup.
 */
import type { EChartsCoreOption } from "echarts/core";
import { written, type Kind } from "./figures.ts";

/** Said by the server beside the option: see console/drawing. */
export interface Telling {
  currency?: string;
  x?: Kind;
  y?: Kind;
  value?: Kind;
  x_name?: string;
  y_name?: string;
  diverging?: boolean;
  marks?: string[];
  leaves?: string[];
}

type Part = Record<string, any>;
export type TellingOption = EChartsCoreOption & { rapport?: Telling };

export function prepared(option: TellingOption, label: string | null): EChartsCoreOption {
  const { rapport: telling, ...rest } = option as Part;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches || matchMedia("print").matches;
  const result: Part = {
    ...rest,
    tooltip: { ...rest.tooltip, renderMode: "richText", confine: true },
    aria: { enabled: true, ...(label && { label: { description: label } }) },
    animation: !still,
    animationDuration: 300,
  };
  if (telling) tell(result, telling);
  return result;
}

function tell(option: Part, telling: Telling): void {
  const write = (kind: Kind | undefined) => (value: unknown) => written(value, kind ?? "figure", telling.currency ?? "");
  const short = (kind: Kind | undefined) => (value: unknown) => written(value, kind ?? "figure", telling.currency ?? "", true);
  if (telling.x && option.xAxis) label(option.xAxis, short(telling.x));
  if (telling.y && option.yAxis) label(option.yAxis, short(telling.y));
  if (telling.leaves) label(option.yAxis, (value) => telling.leaves?.[Number(value)] ?? "");
  option.tooltip.valueFormatter = write(telling.value ?? telling.y ?? telling.x);
  if (telling.x_name) option.tooltip.formatter = (at: Part) => pointText(at, telling, write);
  if (telling.marks) option.tooltip.formatter = (at: Part) => boxText(at, telling, write);
  if (option.visualMap) colourFields(option, telling, write(telling.value));
  if (option.series?.[0]?.type === "sankey") nameNodes(option, write(telling.value));
}

function label(axis: Part, formatter: (value: unknown) => string): void {
  axis.axisLabel = { ...axis.axisLabel, formatter };
}

function pointText(at: Part, telling: Telling, write: (kind?: Kind) => (value: unknown) => string): string {
  const [x, y] = at.value as [number, number];
  return `${at.seriesName}\n${telling.x_name}: ${write(telling.x)(x)}\n${telling.y_name}: ${write(telling.y)(y)}`;
}

function boxText(at: Part, telling: Telling, write: (kind?: Kind) => (value: unknown) => string): string {
  const figures = (at.value as number[]).slice(-5);
  return [at.name, ...figures.map((value, place) => `${telling.marks?.[place]}: ${write(telling.x)(value)}`)].join("\n");
}

function colourFields(option: Part, telling: Telling, write: (value: unknown) => string): void {
  const styles = getComputedStyle(document.documentElement);
  const read = (name: string): string => styles.getPropertyValue(name).trim();
  const low = telling.diverging ? [read("--heat-below"), read("--heat-zero")] : [read("--heat-zero")];
  option.visualMap = { ...option.visualMap, inRange: { color: [...low, read("--heat-above")] } };
  const [series] = option.series as Part[];
  const across = option.xAxis.data as string[];
  const down = option.yAxis.data as string[];
    const text = (value: number): string =>
    Math.abs(value) / option.visualMap.max > 0.64 ? read("--heat-above-text") : read("--text");
  series!.data = (series!.data as number[][]).map((value) => ({ value, label: { color: text(value[2] as number) } }));
  series!.label = { ...series!.label, formatter: (at: Part) => written(at.value[2], telling.value ?? "figure", "", true).replace(/\.\d+ %| %$/, "").replace(/^−0$/, "0") };
  series!.itemStyle = { borderColor: read("--surface"), borderWidth: 1 };
  option.tooltip.formatter = (at: Part) => `${down[at.value[1]]}, ${across[at.value[0]]}\n${at.seriesName}: ${write(at.value[2])}`;
}

/** Nodes are called "0:Name" and "1:Name", by their side. */
function nameNodes(option: Part, write: (value: unknown) => string): void {
  const plain = (name: string): string => name.slice(2);
  const [series] = option.series as Part[];
  // The same name has the same colour on both sides.
  const styles = getComputedStyle(document.documentElement);
  const nodes = series!.data as Part[];
  const names = [...new Set(nodes.map((node) => plain(node.name)))];
  const colour = (name: string): string => styles.getPropertyValue(`--chart-${(names.indexOf(name) % 7) + 1}`).trim();
  series!.data = nodes.map((node) => ({ ...node, itemStyle: { color: colour(plain(node.name)) } }));
  series!.label = { ...series!.label, width: 260, overflow: "truncate", formatter: (at: Part) => plain(at.name) };
  option.tooltip.formatter = (at: Part) =>
    at.dataType === "edge" ? `${plain(at.data.source)} → ${plain(at.data.target)}: ${write(at.value)}` : `${plain(at.name)}: ${write(at.value)}`;
}
