// What others save while this page is open: asked for every few seconds, as long as somebody looks at the page.
import type { Answer } from "./autosave.ts";

export interface Arrived extends Answer { cells: (Answer["cells"][number] & { by?: string })[] }

const everyMs = 8_000, afterFailureMs = 60_000, restAfterMs = 30 * 60_000;

export function listenForNews(host: HTMLElement, arrived: (news: Arrived) => void): void {
  const address = host.dataset["newsUrl"];
  let position = host.dataset["news"] ?? "";
  if (address === undefined || position === "") return;
  let lastSign = Date.now(), timer = 0, asking = false;
  for (const kind of ["keydown", "pointerdown", "scroll"]) window.addEventListener(kind, () => { lastSign = Date.now(); }, { passive: true, capture: true });
  const soon = (ms: number): void => { window.clearTimeout(timer); timer = window.setTimeout(() => void ask(), ms); };
  const ask = async (): Promise<void> => {
    if (asking || document.visibilityState === "hidden") return;
    if (Date.now() - lastSign > restAfterMs) { soon(everyMs); return; }
    asking = true;
    let next = everyMs;
    try {
      const url = new URL(address, location.href);
      url.searchParams.set("tu", position);
      const response = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (response.ok && !response.redirected) {
        const news = await response.json() as Partial<Arrived> & { tu: string };
        position = news.tu;
        if (news.cells) arrived({ saved_at: "", ...news, cells: news.cells.map((cell) => ({ ...cell, state: "saved" as const })) });
      } else next = afterFailureMs;
    } catch { next = afterFailureMs; }
    asking = false;
    soon(next);
  };
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") soon(200); });
  soon(everyMs);
}
