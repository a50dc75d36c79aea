/** Colours of the charts, taken from the page's CSS variables so that light and dark follow the page. */

/** An ECharts theme from the variables `--chart-1` … `--chart-7`, `--text`, `--muted` and `--line` of the page. */
export function chartTheme(): object {
  const styles = getComputedStyle(document.documentElement);
  const read = (name: string, otherwise: string): string => styles.getPropertyValue(name).trim() || otherwise;
  const muted = read("--muted", "#5b6472");
  const line = read("--line", "#e3e7ee");
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: { color: muted },
    nameTextStyle: { color: muted },
    splitLine: { lineStyle: { color: line } },
  };
  return {
    color: [1, 2, 3, 4, 5, 6, 7].map((n) => read(`--chart-${n}`, "#3c5bd6")),
    backgroundColor: "transparent",
    textStyle: { fontFamily: styles.getPropertyValue("font-family") || "system-ui", color: read("--text", "#1a2233") },
    legend: { textStyle: { color: muted } },
    categoryAxis: { ...axis, splitLine: { show: false } },
    bar: { label: { color: read("--text", "#1a2233"), textBorderWidth: 0 } },
    valueAxis: axis,
    logAxis: axis,
    boxplot: { itemStyle: { color: read("--heat-zero", "#eef1f7"), borderColor: read("--chart-1", "#3c5bd6") } },
    sankey: { label: { color: read("--text", "#1a2233"), textBorderWidth: 0 } },
    heatmap: { label: { textBorderWidth: 0 } },
    timeAxis: { ...axis, splitLine: { show: false } },
    grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
  };
}
