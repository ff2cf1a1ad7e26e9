// Draws one chart with ECharts' SVG renderer: direct labels, one colour family, our tokens in light and dark, nothing moving where that is not wanted.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { tr } from "./texts.ts";

echarts.use([BarChart, LineChart, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

interface Data {
  kind: "years" | "months" | "children"; unit: string; categories: string[]; values: (number | null)[]; decimals?: number; description?: string;
  plan?: { label: string; value: number; note?: string }; compare?: { label: string; values: (number | null)[] }; label?: string; links?: string[];
}

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function look() {
  return { ink: token("ink"), soft: token("ink-soft"), line: token("line"), field: token("field-line"), strong: token("strong"), onStrong: token("strong-ink"), paper: token("paper"),
    accent: token("accent"), accentLine: token("accent-line"), rem: parseFloat(getComputedStyle(document.documentElement).fontSize) };
}

// On paper a chart has the width of an A4 page within its margins, in CSS pixels, and the height that print.css gives it.
const paper = { width: 670, height: 136, rem: 12 };

function option(data: Data, width: number, rem?: number): echarts.EChartsCoreOption {
  const screen = look(), c = { ...screen, rem: rem ?? screen.rem }, small = c.rem * 0.8889;
  const say = (value: number): string => value.toLocaleString("vi-VN", { minimumFractionDigits: data.decimals ?? 0, maximumFractionDigits: data.decimals ?? 0 });
  const text = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: small, color: c.ink };
  const valueLabel = (params: { value: unknown }): string => (typeof params.value === "number" ? say(params.value) : "");
  const last = data.values.length - 1;
  const categories = { type: "category", data: data.categories, axisTick: { show: false }, axisLine: { lineStyle: { color: c.field } }, axisLabel: { ...text, interval: 0, hideOverlap: false } };
  const values = { type: "value", axisLabel: { show: false }, splitLine: { show: false }, axisLine: { show: false }, axisTick: { show: false } };
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const common = {
    animation: !still, animationDuration: 300, textStyle: text,
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: c.paper, borderColor: c.field, textStyle: text, axisPointer: { type: "none" }, valueFormatter: (value: unknown) => (typeof value === "number" ? `${say(value)} ${data.unit}` : tr("chưa có số")) },
  };
  const planRoom = data.plan ? Math.min(12 * c.rem, width * 0.3) : c.rem;
  if (data.kind === "children") {
    return { ...common, grid: { left: 8, right: 5.5 * c.rem, top: 4, bottom: 4, containLabel: true },
      yAxis: { ...categories, inverse: true, axisLabel: { ...text, interval: 0, width: Math.min(14 * c.rem, width * 0.4), overflow: "truncate" } }, xAxis: { ...values, min: 0 },
      series: [{ type: "bar", data: data.values, barMaxWidth: 1.3 * c.rem, barCategoryGap: "30%", itemStyle: { color: c.strong }, emphasis: { disabled: true }, cursor: data.links ? "pointer" : "default",
        label: { show: true, position: "right", ...text, fontWeight: 600, formatter: valueLabel } }] };
  }
  if (data.kind === "months") {
    const known = data.values.map((value, i) => (value === null ? -1 : i)), end = Math.max(...known), narrow = width < 640;
    const series = (name: string, points: (number | null)[], color: string, strong: boolean) => ({ type: "line", name, data: points, connectNulls: false, symbol: "circle", symbolSize: strong ? 7 : 4, lineStyle: { color, width: strong ? 3 : 2 }, itemStyle: { color }, emphasis: { disabled: true },
      endLabel: { show: !strong && name !== "", ...text, formatter: name, distance: 8 },
      label: { show: strong, ...text, position: "top", fontWeight: 600, lineHeight: small * 1.3, formatter: (params: { value: unknown; dataIndex: number }) => (params.dataIndex === end && name !== "" ? `${name}\n${valueLabel(params)}` : !narrow || params.dataIndex === end || params.dataIndex === 0 ? valueLabel(params) : "") } });
    return { ...common, grid: { left: 8, right: data.compare ? planRoom + 6 * c.rem : 3 * c.rem, top: 2 * c.rem, bottom: 4, containLabel: true }, xAxis: { ...categories, boundaryGap: true, axisLabel: { ...text, interval: narrow ? 1 : 0 } }, yAxis: { ...values, scale: true },
      series: [...(data.compare ? [series(data.compare.label, data.compare.values, c.field, false)] : []), series(data.compare ? data.label ?? "" : "", data.values, c.strong, true)] };
  }
  const bars = data.values.map((value, i) => ({ value: value ?? "-", itemStyle: { color: i === last ? c.strong : c.line }, label: { color: i === last ? c.onStrong : c.ink } }));
  const line = data.plan && { silent: true, symbol: "none", lineStyle: { color: c.accentLine, width: 2, type: [7, 5] }, data: [[{ coord: [data.categories[last]!, data.plan.value], symbol: "none" }, { x: width - planRoom + c.rem * 0.5, yAxis: data.plan.value, symbol: "none" }]],
    label: { show: true, position: "end", distance: 8, ...text, color: c.accent, align: "left", formatter: `{b|${data.plan.label}}\n{b|${say(data.plan.value)}}${data.plan.note ? `\n{n|${data.plan.note}}` : ""}`, rich: { b: { ...text, color: c.accent, fontWeight: 600, lineHeight: small * 1.4 }, n: { ...text, color: c.soft, lineHeight: small * 1.4 } } } };
  const top = Math.max(...data.values.map((value) => value ?? 0), data.plan?.value ?? 0);
  return { ...common, grid: { left: 8, right: planRoom, top: 1.75 * c.rem, bottom: 4, containLabel: true }, xAxis: categories, yAxis: { ...values, min: 0, max: top > 0 ? top * 1.05 : 1 },
    series: [{ type: "bar", data: bars, barCategoryGap: "30%", emphasis: { disabled: true }, cursor: data.links ? "pointer" : "default", label: { show: true, position: "insideTop", distance: 10, ...text, fontWeight: 600, formatter: valueLabel }, ...(line ? { markLine: line } : {}) }] };
}

export function drawChart(host: HTMLElement): void {
  const block = host.querySelector<HTMLScriptElement>('script[type="application/json"]');
  if (!block) return;
  const data = JSON.parse(block.textContent ?? "{}") as Data;
  host.classList.add("drawn");
  const place = host.appendChild(document.createElement("div"));
  place.className = "chart-draw";
  place.setAttribute("role", "img");
  const chart = echarts.init(place, null, { renderer: "svg" });
  const redraw = (): void => chart.setOption(option(data, place.clientWidth), { notMerge: true });
  redraw();
  if (data.description) place.setAttribute("aria-label", data.description);
  chart.on("click", (event) => { const link = data.links?.[event.dataIndex]; if (link) location.assign(link); });
  new ResizeObserver(() => { if (place.clientWidth > 0) { chart.resize(); redraw(); } }).observe(place);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  window.addEventListener("beforeprint", () => { chart.resize({ width: paper.width, height: paper.height }); chart.setOption(option(data, paper.width, paper.rem), { notMerge: true }); });
  window.addEventListener("afterprint", () => { chart.resize({ width: "auto", height: "auto" }); redraw(); });
}
