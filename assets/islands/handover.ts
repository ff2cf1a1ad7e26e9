// Handing over by minutes: says of each row what is still missing while amounts are typed, and of the whole how many rows add up. Page contract: docs/islands.md, "handover".
import { icon } from "./autosave.ts";
import { numberText, parseWhole } from "./number.ts";
import { tr, whenReady } from "./texts.ts";

type State = "blank" | "wrong" | "even" | "uneven";

class Row {
  private readonly inputs: HTMLInputElement[];
  private readonly left: number;
  private readonly line: HTMLElement;

  constructor(row: HTMLElement, changed: () => void) {
    this.inputs = [...row.querySelectorAll<HTMLInputElement>("input")];
    this.left = Number(row.dataset["left"]);
    this.line = row.querySelector<HTMLElement>("[data-sum]")!;
    for (const input of this.inputs) {
      input.addEventListener("input", () => { this.say(); changed(); });
      input.addEventListener("blur", () => this.write(input));
    }
    this.say();
  }

  state: State = "blank";

  // What is wrong with a single number is said when it is sent, by the server; here only that the row does not add up yet.
  private say(): void {
    const typed = this.inputs.map((input) => parseWhole(input.value));
    let sum = 0;
    for (const one of typed) if (one.kind === "number") sum += one.value;
    const missing = this.left < 0 ? sum - this.left : this.left - sum;
    this.state = typed.every((one) => one.kind === "blank") ? "blank" : typed.some((one) => one.kind === "wrong") ? "wrong" : missing === 0 ? "even" : "uneven";
    this.line.hidden = this.state === "blank" || this.state === "wrong";
    if (this.line.hidden) return;
    const mark = icon(this.state === "even" ? "circle-check" : "alert-triangle");
    this.line.className = `state ${this.state === "even" ? "good" : "attention"}`;
    const words = missing === 0 ? tr("Đã đủ") : missing > 0 ? tr("Còn thiếu {}", numberText(missing)) : tr("Thừa {}", numberText(-missing));
    this.line.replaceChildren(...(mark ? [mark, " "] : []), words);
  }

  private write(input: HTMLInputElement): void {
    const typed = parseWhole(input.value);
    if (typed.kind === "number") input.value = numberText(typed.value);
  }
}

class Handover {
  private readonly rows: Row[];
  private readonly whole: HTMLElement | null;

  constructor(host: HTMLElement) {
    this.whole = host.querySelector<HTMLElement>("[data-sums]");
    this.rows = [...host.querySelectorAll<HTMLElement>("tr[data-left]")].filter((row) => row.querySelector("[data-sum]")).map((row) => new Row(row, () => this.say()));
    this.say();
  }

  private say(): void {
    if (!this.whole) return;
    const even = this.rows.filter((row) => row.state === "even").length;
    const open = this.rows.filter((row) => row.state === "uneven" || row.state === "wrong").length;
    const waiting = this.rows.length - even - open;
    this.whole.hidden = even + open === 0;
    const words = open > 0 ? tr("{} dòng chưa cộng đủ; {} dòng đã đủ, {} dòng để trống chờ biên bản sau.", open, even, waiting) : tr("{} dòng đã đủ, {} dòng để trống chờ biên bản sau.", even, waiting);
    if (this.whole.textContent !== words) this.whole.textContent = words;
  }
}

whenReady(() => {
  for (const host of document.querySelectorAll<HTMLElement>("[data-island=handover]")) new Handover(host);
});
