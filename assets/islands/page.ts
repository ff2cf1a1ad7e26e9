// Every page: htmx under a strict policy, and the small behaviours listed in docs/islands.md.
import htmx from "htmx.org";
import { csrfToken } from "./autosave.ts";
import { tr } from "./texts.ts";

Object.assign(htmx.config, {
  allowEval: false, selfRequestsOnly: true, includeIndicatorStyles: false, historyCacheSize: 0, scrollIntoViewOnBoost: true, timeout: 20_000,
  // A form with errors comes back as 422 and is shown; other refusals are said, not swapped in.
  responseHandling: [{ code: "204", swap: false }, { code: "[23]..", swap: true }, { code: "422", swap: true }, { code: "...", swap: false, error: true }],
});

// One line at the foot of the page, spoken by screen readers too.
function say(sentence: string): void {
  let line = document.querySelector<HTMLElement>("[data-saying]");
  if (!line) {
    line = document.body.appendChild(document.createElement("p"));
    line.dataset["saying"] = "";
    line.className = "said";
    line.setAttribute("role", "status");
  }
  line.hidden = false;
  line.textContent = sentence;
  window.setTimeout(() => { if (line.textContent === sentence) line.hidden = true; }, 6000);
}

// navigator.clipboard is missing on plain http; a hidden field does it there.
async function copy(text: string): Promise<boolean> {
  try { await navigator.clipboard.writeText(text); return true; } catch { /* the older way below */ }
  const field = document.body.appendChild(document.createElement("textarea"));
  field.value = text;
  field.className = "visually-hidden";
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

async function clicked(event: MouseEvent): Promise<void> {
  const target = event.target as Element;
  const copier = target.closest<HTMLElement>("[data-copy]");
  if (copier) {
    event.preventDefault();
    const source = document.querySelector<HTMLElement>(copier.dataset["copy"]!);
    const text = source instanceof HTMLTextAreaElement || source instanceof HTMLInputElement ? source.value : source?.innerText ?? "";
    say((await copy(text.trim())) ? tr("Đã chép. Ông/bà mở Zalo, giữ ngón tay vào ô tin nhắn rồi chọn Dán.") : tr("Máy này chưa cho chép. Xin bôi đen đoạn lời nhắc rồi chép bằng tay."));
  }
  if (target.closest("[data-print]")) { event.preventDefault(); window.print(); }
  // a choice that is open closes when something else is pressed
  for (const open of document.querySelectorAll<HTMLDetailsElement>("details.pick[open]")) if (!open.contains(target)) open.open = false;
}

function keyed(event: KeyboardEvent): void {
  if (event.key === "Escape") {
    for (const open of document.querySelectorAll<HTMLDetailsElement>("details.pick[open]")) { open.open = false; open.querySelector("summary")?.focus(); }
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const target = event.target as HTMLElement;
  const list = target.closest<HTMLElement>("[data-results]") ?? (target.getAttribute("aria-controls") ? document.getElementById(target.getAttribute("aria-controls")!) : null);
  if (!list?.matches("[data-results]")) return;
  const links = [...list.querySelectorAll<HTMLElement>("a, button")];
  const at = links.indexOf(document.activeElement as HTMLElement) + (event.key === "ArrowDown" ? 1 : -1);
  event.preventDefault();
  if (at < 0) document.querySelector<HTMLElement>(`[aria-controls="${CSS.escape(list.id)}"]`)?.focus();
  else links[Math.min(at, links.length - 1)]?.focus();
}

// A form that would be lost asks first; one that is being sent does not.
let unsaved: HTMLFormElement | null = null;
document.addEventListener("input", (event) => { unsaved = (event.target as Element).closest<HTMLFormElement>("form[data-guard]") ?? unsaved; });
document.addEventListener("submit", (event) => { if (event.target === unsaved) unsaved = null; });
window.addEventListener("beforeunload", (event) => { if (unsaved?.isConnected) event.preventDefault(); });

document.addEventListener("change", (event) => {
  const form = (event.target as Element).closest<HTMLFormElement>("form[data-auto-submit]");
  if (form && event.target instanceof HTMLSelectElement) form.requestSubmit();
});
document.addEventListener("click", (event) => void clicked(event));
document.addEventListener("keydown", keyed);

document.addEventListener("htmx:configRequest", (event) => { (event as CustomEvent<{ headers: Record<string, string> }>).detail.headers["X-CSRF-Token"] = csrfToken(); });
document.addEventListener("htmx:afterSettle", (event) => {
  const said = (event.target as Element).querySelector?.<HTMLElement>("[data-said]") ?? ((event.target as Element).matches?.("[data-said]") ? event.target as HTMLElement : null);
  if (said?.dataset["said"]) say(said.dataset["said"]);
});
document.addEventListener("htmx:responseError", (event) => {
  const { status, responseText } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr;
  const sentence = new DOMParser().parseFromString(responseText, "text/html").querySelector("[data-refusal], main p")?.textContent?.trim();
  if (status === 401) say(tr("Phiên làm việc đã hết. Xin tải lại trang để đăng nhập lại."));
  else say(sentence || tr("Máy chủ chưa làm được việc này. Xin thử lại sau ít phút."));
});
for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, () => say(tr("Mất mạng: việc này chưa làm được. Xin thử lại khi có mạng.")));
