// Finds charts and fetches ECharts for them, once, and only on a screen wide enough to read one. Page contract: docs/islands.md, "chart".
import { whenReady } from "./texts.ts";

const wide = window.matchMedia("(min-width: 480px)");

async function draw(): Promise<void> {
  const hosts = [...document.querySelectorAll<HTMLElement>('[data-island~="chart"]:not(.drawn)')];
  if (!wide.matches || hosts.length === 0) return;
  const { drawChart } = await import("./chart_draw.ts");
  for (const host of hosts) if (!host.classList.contains("drawn")) drawChart(host);
}

whenReady(() => void draw());
wide.addEventListener("change", () => void draw());
document.addEventListener("htmx:afterSettle", () => void draw());
