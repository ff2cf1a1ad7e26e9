// The tool bar of the editor of texts, and the lists from which figures and phrases are inserted.
import { icon } from "./autosave.ts";
import { tr } from "./texts.ts";

export interface Saying { token: string; label: string; says: string; phrase: boolean }
export interface Insertable { code: string; label: string; section: string; sayings: Saying[] }
export type Piece = string | Saying;

export interface Tool { name: string; label: string; icon: string; run: () => void; on?: () => boolean; shown?: () => boolean }

// Buttons of one tab stop: arrows walk between them.
export class ToolBar {
  readonly element = document.createElement("div");
  private readonly buttons: HTMLButtonElement[] = [];

  constructor(private readonly tools: Tool[], label: string) {
    this.element.className = "text-tools";
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", label);
    for (const tool of tools) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-plain";
      button.dataset["tool"] = tool.name;
      const mark = icon(tool.icon), words = document.createElement("span");
      words.textContent = tool.label;
      button.append(...(mark ? [mark] : []), words);
      button.addEventListener("mousedown", (event) => event.preventDefault()); // the place in the text stays
      button.addEventListener("click", tool.run);
      this.buttons.push(button);
      this.element.append(button);
    }
    this.element.addEventListener("keydown", (event) => this.walk(event));
    this.refresh();
  }

  refresh(): void {
    this.tools.forEach((tool, at) => {
      const button = this.buttons[at]!;
      if (tool.on) button.setAttribute("aria-pressed", String(tool.on()));
      button.hidden = tool.shown ? !tool.shown() : false;
    });
    const shown = this.buttons.filter((button) => !button.hidden);
    const stop = shown.find((button) => button.tabIndex === 0 && button === document.activeElement) ?? shown[0];
    for (const button of this.buttons) button.tabIndex = button === stop ? 0 : -1;
  }

  private walk(event: KeyboardEvent): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const shown = this.buttons.filter((button) => !button.hidden), at = shown.indexOf(document.activeElement as HTMLButtonElement);
    const next = shown[(at + step + shown.length) % shown.length];
    if (at < 0 || !next) return;
    event.preventDefault();
    for (const button of this.buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }
}

// Letters without their marks, as people type them in a hurry.
const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();

// "12.309 hội viên, tăng 120 hội viên (2,1%) so với cùng kỳ năm 2025": each part a figure that stays live.
export function phraseOf(figure: Insertable): Piece[] {
  return figure.sayings.filter((one) => one.phrase).flatMap<Piece>((part, at) => (at === 0 ? [part] : [", ", part]));
}

let fetched: Promise<Insertable[]> | null = null;
function figuresFrom(url: string): Promise<Insertable[]> {
  fetched ??= fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } }).then(async (response) => {
    if (!response.ok) throw new Error(`status ${response.status}`);
    return (await response.json() as { figures: Insertable[] }).figures;
  });
  fetched.catch(() => { fetched = null; });
  return fetched;
}

export class InsertPanel {
  readonly element = document.createElement("div");
  private readonly search = document.createElement("input");
  private readonly list = document.createElement("ul");
  private readonly heading = document.createElement("label");
  private figures: Insertable[] = [];
  private kind: "figure" | "phrase" = "figure";

  constructor(private readonly url: string, id: string, private readonly insert: (pieces: Piece[]) => void, private readonly back: () => void) {
    this.element.className = "insert-panel";
    this.element.hidden = true;
    this.search.type = "search";
    this.search.className = "form-control";
    this.search.autocomplete = "off";
    this.search.id = id;
    this.heading.htmlFor = id;
    this.heading.className = "form-label";
    this.list.className = "insert-list";
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn btn-plain";
    close.textContent = tr("Đóng danh sách");
    close.addEventListener("click", () => this.close());
    this.element.append(this.heading, this.search, this.list, close);
    this.search.addEventListener("input", () => this.show());
    this.search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.list.querySelector<HTMLButtonElement>("button")?.click();
    });
    this.element.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
  }

  async open(kind: "figure" | "phrase"): Promise<void> {
    if (!this.element.hidden && this.kind === kind) { this.close(); return; }
    this.kind = kind;
    this.heading.textContent = kind === "figure" ? tr("Tìm số liệu để chèn") : tr("Tìm câu so sánh để chèn");
    this.element.hidden = false;
    this.search.value = "";
    this.search.focus();
    this.say(tr("Đang lấy số liệu…"));
    try {
      this.figures = await figuresFrom(this.url);
      this.show();
    } catch {
      this.say(tr("Chưa lấy được danh sách số liệu. Xin thử lại khi có mạng."));
    }
  }
  close(): void {
    this.element.hidden = true;
    this.back();
  }

  private say(sentence: string): void {
    const item = document.createElement("li");
    item.className = "soft";
    item.textContent = sentence;
    this.list.replaceChildren(item);
  }
  private button(pieces: Piece[], small: string): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-plain";
    const says = document.createElement("b");
    says.textContent = pieces.map((piece) => (typeof piece === "string" ? piece : piece.says)).join("");
    button.append(says);
    if (small !== "") { const words = document.createElement("small"); words.textContent = small; button.append(" ", words); }
    button.addEventListener("click", () => { this.element.hidden = true; this.insert(pieces); });
    return button;
  }
  private show(): void {
    const most = 40, wanted = folded(this.search.value.trim());
    const found = this.figures.filter((one) => wanted === "" || folded(`${one.code} ${one.label} ${one.section}`).includes(wanted)).filter((one) => this.kind === "figure" || phraseOf(one).length > 1);
    const rows = found.slice(0, most).map((one) => {
      const row = document.createElement("li"), name = document.createElement("span");
      name.className = "name";
      name.textContent = one.label;
      row.append(name);
      if (this.kind === "phrase") row.append(this.button(phraseOf(one), ""));
      else row.append(...one.sayings.map((saying) => this.button([saying], saying.label)));
      return row;
    });
    if (rows.length === 0) { this.say(this.kind === "figure" ? tr("Không có số liệu nào tên như vậy.") : tr("Không có câu nào như vậy; có khi chưa có số cùng kỳ để so sánh.")); return; }
    this.list.replaceChildren(...rows);
    if (found.length > most) { const more = document.createElement("li"); more.className = "soft"; more.textContent = tr("Còn {} số liệu nữa. Xin gõ thêm vài chữ để tìm.", found.length - most); this.list.append(more); }
  }
}
