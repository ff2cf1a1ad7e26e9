// Cells typed on this page, on their way to the server: gathered, sent one batch at a time, tried again, kept in this browser until answered.
// docs/islands.md gives the wire form.
import { tr } from "./texts.ts";

// A reason for a large change travels as a cell named "ly.B01" with a text and no value.
export interface Typed { body: string; measure: string; value: number | null; version: string; text?: string }
export interface Answered extends Typed { state: "saved" | "refused" | "stale"; message?: string }
export interface Check { body: string; level: "bad" | "attention" | "info"; title?: string; text: string; measures?: string[]; link?: { href: string; text: string }; reason?: ReasonAsked }
export interface ReasonAsked { body: string; measure: string; label: string; text: string; version: string }
export interface Answer {
  cells: Answered[];
  checks?: Check[];
  totals?: { all?: Record<string, number>; groups?: Record<string, Record<string, number>> };
  notes?: Record<string, string>;
  reasons_wanted?: { measure: string; text: string }[];
  saved_at: string;
}

export interface Page {
  taken(answer: Answer, stillWaiting: (cell: Answered) => boolean): void; // the server has answered a batch
  waiting(cells: ReadonlyMap<string, Typed>): void;                       // what is unsent has changed
}

const gatherMs = 600, firstRetryMs = 2000, longestRetryMs = 60_000, answerWithinMs = 20_000;

export const cellKey = (cell: { body: string; measure: string }): string => `${cell.body}|${cell.measure}`;
export const csrfToken = (): string => document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";

// Time-ordered ids (RFC 9562); crypto.randomUUID is missing on plain http inside an office network.
export function uuidV7(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let i = 5; i >= 0; i--, time = Math.floor(time / 256)) bytes[i] = time % 256;
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export class Autosave {
  private waiting = new Map<string, Typed>();
  private batch: { id: string; cells: Typed[] } | null = null;
  private sending = false;
  private timer = 0;
  private retryMs = firstRetryMs;
  private halted = false; // refused whole: wait for the person
  private signedOut = false; // wait until somebody is signed in again, here or in another tab
  private tokenTried = false;
  private readonly storeKey: string;

  constructor(private readonly host: HTMLElement, private readonly page: Page, private readonly said: (level: string, sentence: string, link?: StateLink) => void,
              private readonly counted: (count: number) => string) {
    this.storeKey = `khuyenhoc:${host.dataset["storeKey"] ?? location.pathname}`;
    window.addEventListener("online", () => this.soon(0));
    window.addEventListener("beforeunload", (event) => { if (this.waiting.size > 0 && !this.kept()) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.waiting.size > 0) this.soon(0);
      if (document.visibilityState === "visible") void this.signedInAgain();
    });
    window.addEventListener("focus", () => void this.signedInAgain());
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-after-save]")) link.addEventListener("click", (event) => void this.leaveBy(event, link));
  }

  put(cell: Typed): void {
    this.waiting.set(cellKey(cell), cell);
    this.halted = false;
    this.keep();
    this.soon(gatherMs);
  }
  drop(key: string): void {
    if (this.waiting.delete(key)) this.keep();
  }
  has(key: string): boolean { return this.waiting.has(key); }
  get count(): number { return this.waiting.size; }

  // Resolves once nothing waits any more, or false when it cannot be sent now.
  async flush(): Promise<boolean> {
    this.halted = false;
    window.clearTimeout(this.timer);
    const until = Date.now() + answerWithinMs;
    while (this.waiting.size > 0 && !this.halted && Date.now() < until) {
      if (this.sending) await new Promise((done) => setTimeout(done, 50));
      else if (!(await this.send())) return false;
    }
    return this.waiting.size === 0;
  }

  // A way out that begins with what is stored: what waits goes first.
  private async leaveBy(event: MouseEvent, link: HTMLAnchorElement): Promise<void> {
    (document.activeElement as HTMLElement | null)?.blur();
    if (this.waiting.size === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (await this.flush()) location.assign(link.href);
  }

  // Cells kept by an earlier visit; a damaged store is no reason to stop.
  recall(): Typed[] {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.storeKey) ?? "[]");
      if (!Array.isArray(kept)) return [];
      return kept.filter((cell): cell is Typed => typeof cell === "object" && cell !== null && typeof cell.body === "string" && typeof cell.measure === "string" &&
        typeof cell.version === "string" && (cell.value === null || Number.isSafeInteger(cell.value)));
    } catch { return []; }
  }
  forget(): void { try { localStorage.removeItem(this.storeKey); } catch { /* no storage, nothing kept */ } }

  private kept(): boolean { try { return localStorage.getItem(this.storeKey) !== null; } catch { return false; } }
  private keep(): void {
    try {
      if (this.waiting.size === 0) localStorage.removeItem(this.storeKey);
      else localStorage.setItem(this.storeKey, JSON.stringify([...this.waiting.values()]));
    } catch { /* storage full or forbidden: beforeunload asks instead */ }
    this.page.waiting(this.waiting);
  }
  private soon(ms: number): void {
    if (this.waiting.size === 0 || this.halted) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), ms);
  }

  private async send(): Promise<boolean> {
    if (this.sending || this.waiting.size === 0) return false;
    this.sending = true;
    // A batch that got no answer is sent again word for word, so that its key can be recognised.
    this.batch ??= { id: uuidV7(), cells: [...this.waiting.values()].slice(0, 500) };
    this.said("wait", tr("Đang lưu…"));
    const halt = new AbortController();
    const giveUp = window.setTimeout(() => halt.abort(), answerWithinMs);
    try {
      const response = await fetch(this.host.dataset["saveUrl"]!, {
        method: "POST", credentials: "same-origin", signal: halt.signal,
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": csrfToken(), "Idempotency-Key": this.batch.id },
        body: JSON.stringify({ cells: this.batch.cells }),
      });
      if (response.status === 429 || response.status >= 500) throw new Error(`status ${response.status}`);
      if (!response.ok || !(response.headers.get("Content-Type") ?? "").includes("json")) { await this.refused(response); return false; }
      this.tokenTried = false;
      this.accepted(await response.json() as Answer);
      return true;
    } catch {
      const kept = this.counted(this.waiting.size);
      this.said("attention", navigator.onLine ? tr("Chưa gửi được: đã giữ {} trên máy này, sẽ gửi khi có mạng.", kept) : tr("Mất mạng: đã giữ {} trên máy này, sẽ gửi khi có mạng.", kept));
      this.sending = false;
      this.soon(this.retryMs);
      this.retryMs = Math.min(this.retryMs * 2, longestRetryMs);
      return false;
    } finally {
      window.clearTimeout(giveUp);
      this.sending = false;
    }
  }

  private accepted(answer: Answer): void {
    const sent = new Map(this.batch!.cells.map((cell) => [cellKey(cell), cell]));
    this.batch = null;
    this.retryMs = firstRetryMs;
    for (const cell of answer.cells) {
      const now = this.waiting.get(cellKey(cell)), then = sent.get(cellKey(cell));
      if (now === undefined) continue;
      // typed again meanwhile: it waits on, with the version that the store has now (unless somebody else's figure must be shown first)
      if (then !== undefined && (now.value !== then.value || now.text !== then.text) && cell.state !== "stale") now.version = cell.version;
      else this.waiting.delete(cellKey(cell));
    }
    this.keep();
    this.page.taken(answer, (cell) => this.waiting.has(cellKey(cell)));
    const stopped = answer.cells.filter((cell) => cell.state !== "saved").length;
    if (stopped > 0) this.said("bad", tr("Đã lưu lúc {}, còn {} cần xem lại", answer.saved_at, this.counted(stopped)));
    else this.said("good", tr("Đã lưu lúc {}", answer.saved_at));
    // a cell that was sent and not answered for is tried again, but not in a hurry
    const unanswered = [...sent.keys()].some((key) => this.waiting.has(key) && !answer.cells.some((cell) => cellKey(cell) === key));
    this.soon(unanswered ? longestRetryMs : gatherMs);
  }

  // The same person is signed in again: the new token is taken over and what was kept is sent. Somebody else's session sends nothing of ours.
  private async signedInAgain(): Promise<boolean> {
    const sessions = this.host.dataset["sessionUrl"];
    if (!this.signedOut || sessions === undefined) return false;
    try {
      const response = await fetch(sessions, { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected || !(response.headers.get("Content-Type") ?? "").includes("json")) return false;
      const now = await response.json() as { user: string; csrf: string };
      if (now.user !== this.host.dataset["user"]) {
        this.said("bad", tr("Người đang đăng nhập là người khác. Đã giữ {} trên máy này; số chỉ gửi khi chính người ghi đăng nhập lại.", this.counted(this.waiting.size)));
        return false;
      }
      document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.setAttribute("content", now.csrf);
      for (const field of document.querySelectorAll<HTMLInputElement>('input[name="csrf"]')) field.value = now.csrf;
      this.signedOut = this.halted = false;
      this.soon(0);
      return true;
    } catch { return false; }
  }

  private async refused(response: Response): Promise<void> {
    this.halted = true;
    const kept = this.counted(this.waiting.size);
    if (response.status === 401 || response.status === 403 || response.redirected) {
      this.signedOut = true;
      const sessions = this.host.dataset["sessionUrl"];
      // the session may be a new one, begun in another tab, and only this page's token old
      if (sessions !== undefined && !this.tokenTried) {
        this.tokenTried = true;
        if (await this.signedInAgain()) return;
      }
      if (sessions === undefined) this.said("bad", tr("Trang này đã mở quá lâu. Đã giữ {} trên máy này; xin tải lại trang rồi gửi.", kept), { href: location.pathname + location.search, text: tr("Tải lại trang") });
      else this.said("bad", tr("Phiên làm việc đã hết. Đã giữ {} trên máy này; đăng nhập lại ở trang mới mở rồi quay lại đây, số sẽ tự gửi.", kept), { href: "/dang-nhap", text: tr("Đăng nhập lại"), apart: true });
      return;
    }
    this.batch = null;
    let sentence = tr("Máy chủ chưa nhận được số liệu này.");
    try { sentence = (await response.json() as { message?: string }).message ?? sentence; } catch { /* not JSON: keep our own sentence */ }
    this.said("bad", tr("{} Đã giữ {} trên máy này.", sentence, kept));
  }
}

export interface StateLink { href: string; text: string; apart?: boolean }

// The state line: an icon from the page's own sprite, words, and perhaps a link (`apart`: in a tab of its own, so that this page stays as it is).
export function stateLine(line: HTMLElement | null): (level: string, sentence: string, link?: StateLink) => void {
  const icons: Record<string, string> = { good: "cloud-check", wait: "cloud-upload", attention: "cloud-off", bad: "alert-triangle" };
  return (level, sentence, link) => {
    if (line === null) return;
    line.className = `state ${level}`;
    const svg = icon(icons[level] ?? "cloud-check");
    line.replaceChildren(...(svg ? [svg, " "] : []), sentence);
    if (link) {
      const a = document.createElement("a");
      a.href = link.href;
      a.textContent = link.text;
      if (link.apart) { a.target = "_blank"; a.rel = "opener"; }
      line.append(" ", a);
    }
  };
}

export function icon(name: string): SVGSVGElement | null {
  const href = document.querySelector("svg.ic use")?.getAttribute("href")?.split("#")[0];
  if (!href) return null;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "ic");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${href}#${name}`);
  svg.append(use);
  return svg;
}

// Cells kept by an earlier visit are shown and offered; they go only when the person says so.
export function offerKept(host: HTMLElement, counted: string, send: () => void, drop: () => void): void {
  const bar = host.querySelector<HTMLElement>("[data-save-bar]") ?? host.insertBefore(document.createElement("div"), host.firstChild);
  bar.className = "kept";
  const words = document.createElement("p");
  words.textContent = tr("Lần trước còn {} đã ghi trên máy này mà chưa gửi được. Ông/bà có muốn gửi không?", counted);
  const button = (text: string, kind: string, then: () => void) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `btn ${kind}`;
    made.textContent = text;
    made.addEventListener("click", () => { bar.hidden = true; then(); });
    return made;
  };
  bar.hidden = false;
  bar.replaceChildren(words, button(tr("Gửi {} này", counted), "btn-primary", send), button(tr("Bỏ đi, giữ số đã lưu"), "btn-plain", drop));
}

// What was typed and refused for good (locked meanwhile, out of scope): it stays readable and copyable, over a reload, too, until the person lets it go.
export interface NotTaken { where: string; value: string; why: string; key: string }
export class Refusals {
  private readonly storeKey: string;
  private readonly box: HTMLElement;
  private kept = new Map<string, NotTaken>();

  constructor(private readonly host: HTMLElement) {
    this.storeKey = `khuyenhoc:${host.dataset["storeKey"] ?? location.pathname}:tu-choi`;
    this.box = document.createElement("div");
    this.box.className = "kept refused";
    try {
      const known: unknown = JSON.parse(localStorage.getItem(this.storeKey) ?? "[]");
      if (Array.isArray(known)) for (const one of known as NotTaken[]) if (typeof one?.key === "string" && typeof one.where === "string" && typeof one.value === "string" && typeof one.why === "string") this.kept.set(one.key, one);
    } catch { /* nothing readable was kept */ }
    this.draw();
  }
  add(one: NotTaken): void { this.kept.set(one.key, one); this.changed(); }
  settle(key: string): void { if (this.kept.delete(key)) this.changed(); }

  private changed(): void {
    try {
      if (this.kept.size === 0) localStorage.removeItem(this.storeKey);
      else localStorage.setItem(this.storeKey, JSON.stringify([...this.kept.values()]));
    } catch { /* no storage: the box on this page is all there is */ }
    this.draw();
  }
  private draw(): void {
    if (this.kept.size === 0) { this.box.remove(); return; }
    if (!this.box.isConnected) this.host.insertBefore(this.box, this.host.firstChild);
    const words = document.createElement("p");
    words.textContent = tr("Số đã gõ nhưng chưa ghi được (vẫn giữ ở đây để chép lại):");
    const list = document.createElement("ul");
    list.id = "chua-ghi-duoc";
    for (const one of this.kept.values()) {
      const item = document.createElement("li");
      item.textContent = `${one.where}: ${one.value}. ${one.why}`;
      list.append(item);
    }
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "btn btn-plain";
    copy.dataset["copy"] = "#chua-ghi-duoc";
    copy.textContent = tr("Chép các số này");
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn btn-plain";
    drop.textContent = tr("Bỏ danh sách này");
    drop.addEventListener("click", () => { this.kept.clear(); this.changed(); });
    this.box.replaceChildren(words, list, copy, drop);
  }
}
