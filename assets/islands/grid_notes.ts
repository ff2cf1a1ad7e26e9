// The margin of an entry grid: one cell a row, where checks, refusals and somebody else's figure are said.
import { icon } from "./autosave.ts";
import type { Check, ReasonAsked } from "./autosave.ts";
import { tr } from "./texts.ts";

export interface Saying { level: "bad" | "attention" | "info" | "soft"; title?: string; text: string; link?: { href: string; text: string }; reason?: ReasonAsked; choices?: { text: string; then: () => void }[] }

// What each row has to say, by where it comes from; the server's own words for the row come last.
export class Notes {
  private readonly sayings = new Map<HTMLTableRowElement, Map<string, Saying>>();

  constructor(table: HTMLTableElement) {
    for (const note of table.querySelectorAll<HTMLElement>("tr[data-body] [data-note]")) {
      if (note.childNodes.length > 0) this.given.set(note, { nodes: [...note.childNodes], className: note.className });
    }
  }
  private readonly given = new Map<HTMLElement, { nodes: ChildNode[]; className: string }>();

  say(row: HTMLTableRowElement, from: string, saying: Saying): void {
    const own = this.sayings.get(row) ?? new Map<string, Saying>();
    own.set(from, saying);
    this.sayings.set(row, own);
    this.draw(row);
  }
  hush(row: HTMLTableRowElement, from: string): void {
    if (this.sayings.get(row)?.delete(from)) this.draw(row);
  }
  // The server has looked at this row again: its new checks replace its old words.
  checked(row: HTMLTableRowElement, checks: Check[]): void {
    const note = row.querySelector<HTMLElement>("[data-note]");
    if (note) this.given.delete(note);
    const own = this.sayings.get(row) ?? new Map<string, Saying>();
    for (const key of [...own.keys()]) if (key.startsWith("check")) own.delete(key);
    checks.forEach((check, i) => own.set(`check${i}`, check));
    this.sayings.set(row, own);
    this.draw(row);
  }

  private draw(row: HTMLTableRowElement): void {
    const note = row.querySelector<HTMLElement>("[data-note]");
    if (!note) return;
    const said = [...(this.sayings.get(row)?.values() ?? [])];
    const given = this.given.get(note);
    if (said.length === 0) {
      note.className = given?.className ?? "note";
      note.replaceChildren(...(given?.nodes ?? []));
      return;
    }
    const worst = (["bad", "attention", "info", "soft"] as const).find((level) => said.some((one) => one.level === level))!;
    note.className = `note ${worst}`;
    // a reason that is being typed goes on being typed
    const typed = [...note.querySelectorAll<HTMLInputElement>("[data-reason]")].map((field) => ({ measure: field.dataset["measure"], value: field.value, held: field === document.activeElement, at: field.selectionStart }));
    note.replaceChildren(...said.map(saidInWords), ...(given?.nodes ?? []));
    for (const before of typed) {
      const field = [...note.querySelectorAll<HTMLInputElement>("[data-reason]")].find((one) => one.dataset["measure"] === before.measure);
      if (!field) continue;
      if (before.held || before.value !== field.value) field.value = before.value;
      if (before.held) { field.focus(); field.setSelectionRange(before.at, before.at); }
    }
  }
}

function reasonInput(asked: ReasonAsked): HTMLInputElement {
  const field = document.createElement("input");
  field.className = "why";
  field.maxLength = 500;
  field.autocomplete = "off";
  field.placeholder = tr("Ghi lý do");
  field.setAttribute("aria-label", asked.label);
  field.defaultValue = asked.text;
  Object.assign(field.dataset, { reason: "", body: asked.body, measure: asked.measure, version: asked.version });
  return field;
}

function saidInWords(saying: Saying): HTMLElement {
  const p = document.createElement("p");
  if (saying.title) {
    const b = document.createElement("b");
    const sign = saying.level === "bad" ? icon("alert-triangle") : null;
    b.append(...(sign ? [sign, " "] : []), saying.title);
    p.append(b);
  }
  p.append(saying.text);
  if (saying.link) {
    const a = document.createElement("a");
    a.href = saying.link.href;
    a.textContent = saying.link.text;
    p.append(" ", a);
  }
  if (saying.reason) p.append(reasonInput(saying.reason));
  for (const choice of saying.choices ?? []) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = choice.text;
    button.addEventListener("click", choice.then);
    p.append(button);
  }
  return p;
}
