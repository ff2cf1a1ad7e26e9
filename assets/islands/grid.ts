// The entry grid: keys and paste as in Excel, live totals, autosave, checks in the margin. Page contract: docs/islands.md, "grid".
import { Autosave, cellKey, offerKept, Refusals, stateLine } from "./autosave.ts";
import type { Answer, Answered, Typed } from "./autosave.ts";
import { listenForNews } from "./news.ts";
import type { Arrived } from "./news.ts";
import { isWords, reasonField, reasonTaken, sendReason } from "./reasons.ts";
import { Cell, Cells } from "./grid_cells.ts";
import { Notes } from "./grid_notes.ts";
import { inWords, numberText, whatIWrote } from "./number.ts";
import { tr, whenReady } from "./texts.ts";

// ready: the cell is chosen, arrows move. typing: typed over it, arrows still move. editing: F2 or a second click, arrows walk in the text.
type Mode = "ready" | "typing" | "editing";

const cellsCounted = (count: number): string => tr("{} ô", count);

class EntryGrid {
  private readonly cells: Cells;
  private readonly notes: Notes;
  private readonly autosave: Autosave;
  private readonly refusals: Refusals;
  private mode: Mode = "ready";
  private before = "";          // what stood in the focused cell, for Escape
  private readonly atServer = new Map<string, number>(); // what the server counts for a cell that is typed and not answered

  constructor(private readonly host: HTMLElement) {
    const table = host.querySelector<HTMLTableElement>("table.entry-grid")!;
    this.refusals = new Refusals(host);
    this.cells = new Cells(table);
    this.notes = new Notes(table);
    this.autosave = new Autosave(host, { taken: (answer, waiting) => this.taken(answer, waiting), waiting: (cells) => this.marked(cells) },
      stateLine(host.querySelector("[data-save-state]")), cellsCounted);
    for (const element of host.querySelectorAll<HTMLElement>("[data-without-script]")) element.hidden = true;
    table.addEventListener("focusin", (event) => this.focused(event));
    table.addEventListener("focusout", (event) => this.left(event));
    table.addEventListener("mousedown", (event) => this.pressed(event));
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("input", (event) => this.typed(event));
    table.addEventListener("paste", (event) => this.pasted(event));
    table.addEventListener("click", (event) => this.folded(event));
    host.addEventListener("change", (event) => { const field = reasonField(event.target); if (field) sendReason(field, this.autosave); });
    host.addEventListener("keydown", (event) => { if (event.key === "Enter" && reasonField(event.target)) { event.preventDefault(); (event.target as HTMLElement).blur(); } });
    listenForNews(host, (news) => this.arrived(news));
    window.addEventListener("beforeunload", (event) => { if (this.cells.all.some((cell) => cell.onlyHere)) event.preventDefault(); });
    this.reoffer();
  }

  private focused(event: FocusEvent): void {
    const cell = this.cells.of(event.target);
    if (!cell) return;
    this.before = cell.input.value;
    this.setMode(cell, "ready");
    cell.input.select();
  }
  private left(event: FocusEvent): void {
    const cell = this.cells.of(event.target);
    if (!cell) return;
    this.setMode(cell, "ready");
    // activeElement is still this input here; the number is written out once it has moved on
    window.setTimeout(() => cell.show(), 0);
    this.commit(cell);
  }
  // The first press chooses a cell, a press in a chosen cell edits within it.
  private pressed(event: MouseEvent): void {
    const cell = this.cells.of(event.target);
    if (!cell) return;
    if (document.activeElement === cell.input) this.setMode(cell, "editing");
    else { event.preventDefault(); cell.input.focus(); }
  }
  private setMode(cell: Cell, mode: Mode): void {
    this.mode = mode;
    cell.td.classList.toggle("editing", mode === "editing");
  }

  private key(event: KeyboardEvent): void {
    const cell = this.cells.of(event.target);
    if (!cell || event.isComposing || event.altKey || event.metaKey) return;
    const go = (to: Cell | undefined): void => {
      event.preventDefault();
      if (to) { to.input.focus(); to.td.scrollIntoView({ block: "nearest", inline: "nearest" }); }
      else if (event.key === "Enter") { this.commit(cell); this.before = cell.input.value; cell.input.select(); this.setMode(cell, "ready"); }
    };
    const editing = this.mode === "editing", far = event.ctrlKey;
    switch (event.key) {
      case "Enter": return go(this.cells.step(cell, event.shiftKey ? -1 : 1, 0));
      case "ArrowDown": return go(this.cells.step(cell, 1, 0, far));
      case "ArrowUp": return go(this.cells.step(cell, -1, 0, far));
      case "ArrowRight": return editing ? undefined : go(this.cells.step(cell, 0, 1, far));
      case "ArrowLeft": return editing ? undefined : go(this.cells.step(cell, 0, -1, far));
      case "Home": return far ? go(this.cells.corner("first")) : editing ? undefined : go(this.cells.step(cell, 0, -1, true));
      case "End": return far ? go(this.cells.corner("last")) : editing ? undefined : go(this.cells.step(cell, 0, 1, true));
      case "F2":
        event.preventDefault();
        this.setMode(cell, "editing");
        cell.input.setSelectionRange(cell.input.value.length, cell.input.value.length);
        return;
      case "Escape":
        event.preventDefault();
        cell.input.value = this.before;
        this.changed(cell);
        this.commit(cell);
        cell.input.select();
        this.setMode(cell, "ready");
        return;
      case "Delete":
      case "Backspace":
        if (this.mode !== "ready") return;
        event.preventDefault();
        cell.input.value = "";
        this.changed(cell);
        this.setMode(cell, "typing");
        return;
    }
  }
  private typed(event: Event): void {
    const cell = this.cells.of(event.target);
    if (!cell) return;
    if (this.mode === "ready") this.setMode(cell, "typing");
    this.changed(cell);
  }
  // While typing: looks and totals only. A half-typed number is not worth a sentence, nor a request.
  private changed(cell: Cell): void {
    cell.td.classList.toggle("blank", cell.parsed.kind === "blank");
    if (cell.parsed.kind !== "wrong") { cell.flag("typing", false); this.notes.hush(cell.row, `typing${cell.measure}`); this.count(cell); }
  }
  private count(cell: Cell): void {
    const key = cellKey(cell);
    if (!this.atServer.has(key)) this.atServer.set(key, cell.counted);
    this.cells.recount(cell);
  }
  // Leaving a cell: a number goes to the server, anything else stays as typed with its sentence.
  private commit(cell: Cell): void {
    const parsed = cell.parsed;
    if (parsed.kind === "wrong") {
      cell.show();
      this.notes.say(cell.row, `typing${cell.measure}`, { level: "bad", title: cell.label.split(",").slice(1).join(",").trim(), text: parsed.message });
      this.autosave.drop(cellKey(cell));
      return;
    }
    this.changed(cell);
    cell.show();
    const shown = parsed.kind === "number" ? numberText(parsed.value) : "";
    if (shown === cell.stored && !this.autosave.has(cellKey(cell))) { this.settled(cell); return; }
    if (this.stale.has(cellKey(cell)) && shown !== cell.stored) { this.askWhich(cell); return; }
    this.autosave.put({ body: cell.body, measure: cell.measure, value: parsed.kind === "number" ? parsed.value : null, version: cell.version });
  }

  // What stands here is what the server holds: nothing left to say about it.
  private settled(cell: Cell): void {
    this.atServer.delete(cellKey(cell));
    this.stale.delete(cellKey(cell));
    cell.flag("refused", false);
    for (const from of ["refused", "stale"]) this.notes.hush(cell.row, `${from}${cell.measure}`);
  }

  private pasted(event: ClipboardEvent): void {
    const cell = this.cells.of(event.target);
    const text = event.clipboardData?.getData("text/plain");
    if (!cell || text === undefined) return;
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    if (lines.length === 1 && lines[0]!.length === 1 && this.mode === "editing") return; // words within a cell
    event.preventDefault();
    const width = Math.max(...lines.map((line) => line.length));
    const block = this.cells.block(cell, lines.length, width);
    let over = 0;
    lines.forEach((line, i) => line.forEach((typed, j) => {
      const target = block[i]?.[j];
      if (!target) { if (typed.trim() !== "") over++; return; }
      target.input.value = typed.trim();
      this.commit(target);
    }));
    cell.input.select();
    this.before = cell.input.value;
    if (over > 0) this.notes.say(cell.row, "paste", { level: "attention", title: tr("Phần vừa dán"), text: tr("Có {} số nằm ngoài bảng hoặc rơi vào ô không phải nhập nên không được ghi.", over) });
    else this.notes.hush(cell.row, "paste");
  }

  private folded(event: Event): void {
    const link = (event.target as Element).closest<HTMLElement>("[data-fold]");
    const group = link?.closest<HTMLElement>("tr")?.dataset["group"];
    if (!link || group === undefined) return;
    const rows = [...this.cells.table.querySelectorAll<HTMLTableRowElement>("tr[data-in-group]")].filter((row) => row.dataset["inGroup"] === group);
    if (rows.length === 0) return; // not in the page: the link fetches them
    event.preventDefault();
    const open = link.getAttribute("aria-expanded") !== "true";
    link.setAttribute("aria-expanded", String(open));
    for (const row of rows) row.hidden = !open;
  }

  private marked(waiting: ReadonlyMap<string, Typed>): void {
    for (const cell of this.cells.all) cell.td.classList.toggle("unsent", waiting.has(cellKey(cell)));
  }

  private readonly stale = new Map<string, Answered>();
  private taken(answer: Answer, stillWaiting: (cell: Answered) => boolean): void {
    for (const given of answer.cells) {
      if (isWords(given.measure)) {
        const message = reasonTaken(this.host, given, stillWaiting(given)), row = this.cells.ofBody(given.body)[0]?.row;
        if (row && message !== null) this.notes.say(row, `reason${given.measure}`, { level: "bad", title: tr("Chưa ghi được"), text: message });
        else if (row) this.notes.hush(row, `reason${given.measure}`);
        continue;
      }
      const cell = this.cells.at(given.body, given.measure);
      if (!cell) continue;
      if (given.state === "refused" && !stillWaiting(given)) this.refusals.add({ key: cellKey(cell), where: cell.label, value: inWords(cell.value), why: given.message ?? "" });
      else if (given.state === "saved") this.refusals.settle(cellKey(cell));
      cell.version = given.version;
      cell.stored = given.value === null ? "" : numberText(given.value);
      this.stale.delete(cellKey(cell));
      this.notes.hush(cell.row, `stale${cell.measure}`);
      if (stillWaiting(given)) continue;
      cell.flag("refused", given.state !== "saved");
      if (given.state === "refused") this.notes.say(cell.row, `refused${cell.measure}`, { level: "bad", title: tr("Chưa ghi được"), text: given.message ?? "" });
      else this.notes.hush(cell.row, `refused${cell.measure}`);
      if (given.state === "stale") { this.stale.set(cellKey(cell), given); this.askWhich(cell); }
      if (given.state === "saved") {
        this.atServer.delete(cellKey(cell));
        if (document.activeElement !== cell.input && cell.value === given.value) cell.show();
      }
    }
    this.worded(answer);
  }
  // Totals, notes and checks, as the server has them now.
  private worded(answer: Answer): void {
    this.checked(answer);
    const unsent = (group: string, measure: string): number => this.cells.all
      .filter((cell) => cell.measure === measure && (group === "" || cell.group === group) && this.atServer.has(cellKey(cell)))
      .reduce((sum, cell) => sum + cell.counted - this.atServer.get(cellKey(cell))!, 0);
    if (answer.totals?.all) this.cells.totalsFromServer("", answer.totals.all, unsent);
    for (const [group, totals] of Object.entries(answer.totals?.groups ?? {})) this.cells.totalsFromServer(group, totals, unsent);
    for (const [group, words] of Object.entries(answer.notes ?? {})) {
      const row = [...this.cells.table.rows].find((one) => (group === "all" ? one.classList.contains("sum") : one.dataset["group"] === group));
      const note = row?.querySelector<HTMLElement>("[data-note]");
      if (note) note.textContent = words;
    }
  }
  // Somebody else's figures: shown where nothing is being typed; where something is, its own saving will ask which one stays.
  private arrived(news: Arrived): void {
    for (const given of news.cells) {
      if (isWords(given.measure)) { reasonTaken(this.host, given, this.autosave.has(cellKey(given))); continue; }
      const cell = this.cells.at(given.body, given.measure);
      if (!cell || cell.version === given.version || this.autosave.has(cellKey(cell)) || cell.onlyHere || this.stale.has(cellKey(cell))) continue;
      const shown = cell.parsed.kind === "number" ? numberText(cell.parsed.value) : cell.input.value;
      if (shown !== cell.stored) continue;
      cell.version = given.version;
      cell.stored = given.value === null ? "" : numberText(given.value);
      cell.input.value = cell.stored;
      if (document.activeElement === cell.input) this.before = cell.stored;
      this.count(cell);
      this.atServer.delete(cellKey(cell));
      cell.show();
      if (given.by) cell.input.title = given.by;
      cell.td.classList.add("fresh");
      window.setTimeout(() => cell.td.classList.remove("fresh"), 4000);
    }
    this.worded(news);
  }
  private checked(answer: Answer): void {
    for (const body of new Set([...answer.cells.map((cell) => cell.body), ...(answer.checks ?? []).map((check) => check.body)])) {
      const cells = this.cells.ofBody(body), row = cells[0]?.row;
      if (!row) continue;
      if (answer.checks === undefined) continue;
      const checks = answer.checks.filter((check) => check.body === body);
      this.notes.checked(row, checks);
      for (const cell of cells) cell.flag("check", checks.some((check) => check.level === "bad" && check.measures?.includes(cell.measure)));
    }
  }
  // Somebody else saved first: both figures stand side by side and the person chooses.
  private askWhich(cell: Cell): void {
    const given = this.stale.get(cellKey(cell))!;
    this.notes.say(cell.row, `stale${cell.measure}`, {
      level: "bad", title: tr("Có người vừa ghi số khác"), text: `${given.message ?? ""} ${whatIWrote(cell.value)}`.trim(),
      choices: [
        { text: tr("Giữ số của tôi: {}", inWords(cell.value)), then: () => { const atServer = this.atServer.get(cellKey(cell)); this.settled(cell); if (atServer !== undefined) this.atServer.set(cellKey(cell), atServer); this.autosave.put({ body: cell.body, measure: cell.measure, value: cell.value, version: cell.version }); } },
        { text: tr("Lấy số đã lưu: {}", inWords(given.value)), then: () => { cell.input.value = cell.stored; this.changed(cell); cell.show(); this.settled(cell); } },
      ],
    });
  }

  private reoffer(): void {
    const known = this.autosave.recall();
    const kept = known.flatMap((one) => { const cell = this.cells.at(one.body, one.measure); return cell && cell.value !== one.value ? [{ one, cell }] : []; });
    const reasons = known.filter((one) => isWords(one.measure));
    if (kept.length + reasons.length === 0) { this.autosave.forget(); return; }
    offerKept(this.host, cellsCounted(kept.length + reasons.length), () => {
      for (const one of reasons) this.autosave.put(one);
      for (const { one, cell } of kept) {
        cell.input.value = one.value === null ? "" : numberText(one.value);
        this.count(cell);
        cell.show();
        // the version is the one it was typed over: if the store has moved on, the answer says so and both figures are shown
        this.autosave.put(one);
      }
    }, () => this.autosave.forget());
  }
}

whenReady(() => { for (const host of document.querySelectorAll<HTMLElement>('[data-island~="grid"]')) new EntryGrid(host); });
