// The cells of an entry grid: where they are, what stands in them, and what they add to the totals above them.
import { numberText, parseWhole } from "./number.ts";
import type { Parsed } from "./number.ts";

export class Cell {
  readonly input: HTMLInputElement;
  readonly body: string;
  readonly measure: string;
  readonly group: string;
  version: string;
  stored: string;               // what the server holds, as the page writes it
  counted: number;              // what this cell adds to the totals on the page now
  counts: boolean;              // false while the typed text is no number: the last good one is counted on
  private readonly carried: number;

  constructor(readonly td: HTMLTableCellElement, readonly row: HTMLTableRowElement) {
    this.input = td.querySelector("input")!;
    this.body = row.dataset["body"]!;
    this.measure = td.dataset["measure"]!;
    this.group = row.dataset["inGroup"] ?? "";
    this.version = this.input.dataset["version"] ?? "";
    this.stored = this.input.defaultValue;
    this.carried = Number(td.dataset["carried"] ?? 0);
    this.counts = true;
    this.counted = this.amount();
  }
  get parsed(): Parsed { return parseWhole(this.input.value); }
  get value(): number | null { const parsed = this.parsed; return parsed.kind === "number" ? parsed.value : null; }
  get label(): string { return this.input.getAttribute("aria-label") ?? ""; }

  amount(): number {
    const parsed = this.parsed;
    if (parsed.kind === "number") return parsed.value;
    return parsed.kind === "blank" ? this.carried : this.counted;
  }
  // Blank, zero and not-a-number look different, always.
  show(): void {
    const parsed = this.parsed;
    this.td.classList.toggle("blank", parsed.kind === "blank");
    if (parsed.kind === "number" && document.activeElement !== this.input) this.input.value = numberText(parsed.value);
    this.flag("typing", parsed.kind === "wrong");
  }
  // A cell is wrong for as long as any of its reasons stands: typing (no number), refusal, check.
  private readonly reasons = new Set<string>();
  get onlyHere(): boolean { return this.reasons.has("typing") || this.reasons.has("refused"); } // typed, and nowhere else
  flag(reason: "typing" | "refused" | "check", wrong: boolean): void {
    if (wrong) this.reasons.add(reason);
    else this.reasons.delete(reason);
    this.td.classList.toggle("wrong", this.reasons.size > 0);
    if (this.reasons.size > 0) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }
}

export class Cells {
  readonly all: Cell[] = [];
  private readonly byInput = new Map<HTMLInputElement, Cell>();
  private readonly byKey = new Map<string, Cell>();
  private readonly totals = new Map<string, HTMLElement>(); // "group|measure", group "" is the whole

  constructor(readonly table: HTMLTableElement) {
    for (const row of table.tBodies[0]!.rows) {
      for (const td of row.cells) {
        const measure = td.dataset["measure"];
        if (measure === undefined) continue;
        const total = td.querySelector<HTMLElement>("[data-total]");
        if (total) this.totals.set(`${row.dataset["group"] ?? ""}|${measure}`, total);
        if (row.dataset["body"] === undefined || !td.querySelector("input")) continue;
        const cell = new Cell(td, row);
        this.all.push(cell);
        this.byInput.set(cell.input, cell);
        this.byKey.set(`${cell.body}|${cell.measure}`, cell);
        if (td.classList.contains("wrong")) cell.flag("check", true);
      }
    }
  }
  of(target: EventTarget | null): Cell | undefined { return target instanceof HTMLInputElement ? this.byInput.get(target) : undefined; }
  at(body: string, measure: string): Cell | undefined { return this.byKey.get(`${body}|${measure}`); }
  ofBody(body: string): Cell[] { return this.all.filter((cell) => cell.body === body); }

  // A preview: the server's totals plus what has been typed since.
  recount(cell: Cell): void {
    const amount = cell.amount(), change = amount - cell.counted;
    cell.counted = amount;
    if (change === 0) return;
    for (const group of cell.group === "" ? [""] : [cell.group, ""]) {
      const total = this.totals.get(`${group}|${cell.measure}`);
      if (total) this.write(total, Number(total.dataset["total"]) + change);
    }
  }
  // The server's totals replace the preview; what is typed and not answered yet stays on top (`unsent` gives what the server counts instead).
  totalsFromServer(group: string, totals: Record<string, number>, unsent: (group: string, measure: string) => number): void {
    for (const [measure, amount] of Object.entries(totals)) {
      const total = this.totals.get(`${group}|${measure}`);
      if (total) this.write(total, amount + unsent(group, measure));
    }
  }
  private write(total: HTMLElement, amount: number): void {
    total.dataset["total"] = String(amount);
    total.textContent = numberText(amount);
  }

  // Where the keys go: the nearest cell in a direction, over rows folded away and columns not asked.
  step(from: Cell, down: number, right: number, far = false): Cell | undefined {
    const column = from.td.cellIndex;
    if (down !== 0) {
      const line = this.all.filter((cell) => cell.td.cellIndex === column && !cell.row.hidden);
      return line[far ? (down > 0 ? line.length - 1 : 0) : line.indexOf(from) + down];
    }
    const line = this.all.filter((cell) => cell.row === from.row);
    return line[far ? (right > 0 ? line.length - 1 : 0) : line.indexOf(from) + right];
  }
  corner(end: "first" | "last"): Cell | undefined {
    const shown = this.all.filter((cell) => !cell.row.hidden);
    return shown[end === "first" ? 0 : shown.length - 1];
  }
  // The cells that a pasted block covers: rows below (folded ones left out) and columns to the right, in the order of the page.
  // A column that is not asked in a row takes its place and is skipped, so that blocks copied from Excel keep their columns.
  block(from: Cell, rows: number, columns: number): (Cell | undefined)[][] {
    const bodies = [...new Set(this.all.filter((cell) => !cell.row.hidden).map((cell) => cell.row))];
    const measures = [...new Set([...this.table.querySelectorAll<HTMLElement>("tbody td[data-measure]")].sort((a, b) =>
      (a as HTMLTableCellElement).cellIndex - (b as HTMLTableCellElement).cellIndex).map((td) => td.dataset["measure"]!))];
    const top = bodies.indexOf(from.row), left = measures.indexOf(from.measure);
    return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => {
      const row = bodies[top + i], measure = measures[left + j];
      return row && measure ? this.at(row.dataset["body"]!, measure) : undefined;
    }));
  }
}
