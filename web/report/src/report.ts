/**
 * The report's own script: draws the charts from the options beside them, and closes the tables that stand open for readers
 * without scripts. Colours follow the page: another look (dark, or paper) draws the charts anew.
 */
import { fillChart, openChart, type Chart } from "../../charts/src/engine.ts";

const charts = new Map<HTMLElement, Chart>();

function draw(element: HTMLElement): void {
  const option = element.querySelector("script[type='application/json']")?.textContent ?? element.dataset.option;
  if (!option) return;
  element.dataset.option = option;
  charts.get(element)?.dispose();
  element.hidden = false;
  const chart = openChart(element);
  charts.set(element, chart);
  fillChart(chart, JSON.parse(option), element.getAttribute("aria-label"));
}

function drawAll(): void {
  for (const element of document.querySelectorAll<HTMLElement>(".chart")) draw(element);
}

function resizeAll(): void {
  for (const chart of charts.values()) chart.resize();
}

for (const details of document.querySelectorAll<HTMLDetailsElement>("details[data-closes]")) details.open = false;
drawAll();
addEventListener("resize", resizeAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
// Paper is narrower than the window and never dark.
matchMedia("print").addEventListener("change", drawAll);
