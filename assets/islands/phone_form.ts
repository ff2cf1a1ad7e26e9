// The short form of one branch: autosave, amounts read back in words, the arithmetic of the members said while typing. Page contract: docs/islands.md, "phone-form".
import { Autosave, cellKey, offerKept, Refusals, stateLine } from "./autosave.ts";
import type { Answer, Answered, Check } from "./autosave.ts";
import { listenForNews } from "./news.ts";
import type { Arrived } from "./news.ts";
import { isWords, reasonField, reasonTaken, sendReason } from "./reasons.ts";
import { icon } from "./autosave.ts";
import { inWords, numberText, parseWhole, whatIWrote } from "./number.ts";
import { numberInWords } from "./number_words.ts";
import { tr, whenReady } from "./texts.ts";

const figuresCounted = (count: number): string => tr("{} số", count);

class Field {
  readonly input: HTMLInputElement | HTMLSelectElement;   // a choice where the answer is yes or no
  readonly measure: string;
  version: string;
  stored: string;
  constructor(readonly box: HTMLElement) {
    this.input = box.querySelector<HTMLInputElement | HTMLSelectElement>(".entry-line input, .entry-line select")!;
    this.measure = box.dataset["measure"]!;
    this.version = this.input.dataset["version"] ?? "";
    this.stored = this.input.value;
  }
  get value(): number | null { const parsed = parseWhole(this.input.value); return parsed.kind === "number" ? parsed.value : null; }

  error(sentence: string | null): void {
    let line = this.box.querySelector<HTMLElement>(".error");
    if (sentence === null) { line?.remove(); this.input.removeAttribute("aria-invalid"); return; }
    if (!line) {
      line = document.createElement("p");
      line.className = "error small";
      line.id = `${this.input.id}-loi`;
      line.setAttribute("role", "alert");
      this.box.append(line);
      this.input.setAttribute("aria-describedby", `${this.input.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
    }
    line.textContent = sentence;
    this.input.setAttribute("aria-invalid", "true");
  }
  readBack(): void {
    const line = this.box.querySelector<HTMLElement>("[data-words]");
    if (!line) return;
    line.hidden = this.value === null;
    line.textContent = this.value === null ? "" : tr("Đọc là: {} đồng.", numberInWords(this.value));
  }
  get name(): string { return (this.box.querySelector("label")?.textContent ?? this.measure).trim(); }
  // Whether a large change wants its reason, in the server's words.
  why(words: string | null): void {
    const box = this.box.querySelector<HTMLElement>("[data-why]");
    if (!box) return;
    const field = box.querySelector("textarea");
    box.hidden = words === null && (field?.value ?? "") === "";
    const line = box.querySelector<HTMLElement>("[data-why-text]");
    if (line) line.textContent = words ?? "";
  }
  // What does not hold, in the server's words.
  judged(checks: Check[]): void {
    for (const line of this.box.querySelectorAll("[data-said]")) line.remove();
    for (const check of checks) {
      const line = document.createElement("p"), text = document.createElement("span"), sign = icon("alert-triangle");
      line.className = "check bad";
      line.dataset["said"] = "";
      text.textContent = `${check.title ?? ""}: ${check.text}`;
      line.append(...(sign ? [sign] : []), text);
      this.box.querySelector("[data-why]")?.before(line);
    }
  }
  write(value: number | null): void { this.input.value = value === null ? "" : numberText(value); }
}

class PhoneForm {
  private readonly fields: Field[];
  private readonly autosave: Autosave;
  private readonly refusals: Refusals;

  constructor(private readonly host: HTMLElement) {
    this.refusals = new Refusals(host);
    this.fields = [...host.querySelectorAll<HTMLElement>(".field[data-measure]")].filter((box) => box.querySelector(".entry-line input, .entry-line select")).map((box) => new Field(box));
    this.autosave = new Autosave(host, { taken: (answer, waiting) => this.taken(answer, waiting), waiting: () => undefined }, stateLine(document.querySelector("[data-save-state]")), figuresCounted);
    for (const field of this.fields) {
      field.input.addEventListener("input", () => this.shown(field));
      field.input.addEventListener("blur", () => this.commit(field));
      if (field.input instanceof HTMLSelectElement) field.input.addEventListener("change", () => this.commit(field));
      else field.input.addEventListener("keydown", (event) => this.key(event, field));
      field.readBack();
    }
    this.checkAll();
    host.addEventListener("change", (event) => { const field = reasonField(event.target); if (field) sendReason(field, this.autosave); });
    listenForNews(host, (news) => this.arrived(news));
    host.addEventListener("submit", (event) => void this.submitted(event as SubmitEvent));
    this.reoffer();
  }

  // The keyboard's own "next" goes to the next figure; the form is sent by its button only.
  private key(event: KeyboardEvent, field: Field): void {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const next = this.fields[this.fields.indexOf(field) + 1];
    if (next) next.input.focus();
    else field.input.blur();
  }
  private shown(field: Field): void {
    const parsed = parseWhole(field.input.value);
    if (parsed.kind !== "wrong") field.error(null);
    field.readBack();
    this.checkAll();
  }
  private commit(field: Field): void {
    const parsed = parseWhole(field.input.value);
    const key = `${this.body}|${field.measure}`;
    if (parsed.kind === "wrong") { field.error(parsed.message); this.autosave.drop(key); return; }
    field.write(parsed.kind === "number" ? parsed.value : null);
    this.shown(field);
    if (field.input.value === field.stored && !this.autosave.has(key)) return;
    this.autosave.put({ body: this.body, measure: field.measure, value: field.value, version: field.version });
  }
  private get body(): string { return this.host.dataset["body"]!; }
  private field(measure: string): Field | undefined { return this.fields.find((one) => one.measure === measure); }

  private checkAll(): void {
    for (const field of this.fields) this.check(field);
    const filled = document.querySelector<HTMLElement>("[data-filled]");
    const count = this.fields.filter((one) => one.value !== null).length;
    if (filled) filled.textContent = tr("{}/{} số", count, this.fields.length);
    const progress = document.querySelector<HTMLProgressElement>("[data-progress]");
    if (progress) { progress.value = count; progress.setAttribute("aria-label", tr("Đã ghi {}/{} số", count, this.fields.length)); }
  }
  // "Khớp: 118 thêm 5, giảm 3 thì còn 120."
  private check(field: Field): void {
    const line = field.box.querySelector<HTMLElement>("[data-check]"), start = field.box.dataset["checkStart"];
    if (!line || start === undefined) return;
    const sum = (names: string | undefined): number | null => (names ?? "").split(" ").filter(Boolean).reduce<number | null>((total, name) => {
      const value = this.field(name)?.value ?? null;
      return total === null || value === null ? null : total + value;
    }, 0);
    const added = sum(field.box.dataset["checkAdd"]), taken = sum(field.box.dataset["checkTake"]), now = field.value;
    line.hidden = added === null || taken === null || now === null;
    if (added === null || taken === null || now === null) return;
    const due = Number(start) + added - taken, words = tr("{} thêm {}, giảm {} thì còn {}", numberText(Number(start)), numberText(added), numberText(taken), numberText(due));
    const right = due === now;
    line.className = `check ${right ? "good" : "bad"}`;
    const sign = icon(right ? "circle-check" : "alert-triangle");
    const text = document.createElement("span");
    text.textContent = right ? tr("Khớp: {}.", words) :
      now > due ? tr("Chưa khớp, thừa {}: {}; đang ghi {}.", numberText(now - due), words, numberText(now)) : tr("Chưa khớp, thiếu {}: {}; đang ghi {}.", numberText(due - now), words, numberText(now));
    line.replaceChildren(...(sign ? [sign] : []), text);
  }

  private taken(answer: Answer, stillWaiting: (cell: Answered) => boolean): void {
    for (const given of answer.cells) {
      const field = this.field(given.measure);
      if (given.body === this.body && isWords(given.measure)) {
        const message = reasonTaken(this.host, given, stillWaiting(given));
        if (message !== null && given.measure.startsWith("ly.")) this.field(given.measure.slice(3))?.error(message);
        continue;
      }
      if (!field || given.body !== this.body) continue;
      if (given.state === "refused" && !stillWaiting(given)) this.refusals.add({ key: cellKey(given), where: field.name, value: inWords(field.value), why: given.message ?? "" });
      else if (given.state === "saved") this.refusals.settle(cellKey(given));
      field.version = given.version;
      field.stored = given.value === null ? "" : numberText(given.value);
      field.box.querySelector(".two")?.remove();
      if (stillWaiting(given)) continue;
      field.error(given.state === "refused" ? given.message ?? "" : null);
      if (given.state === "stale") this.askWhich(field, given);
    }
    this.reasons(answer);
  }
  private reasons(answer: Answer): void {
    if (answer.checks) for (const field of this.fields) field.judged(answer.checks.filter((one) => one.measures?.includes(field.measure)));
    if (!answer.reasons_wanted) return;
    for (const field of this.fields) field.why(answer.reasons_wanted.find((one) => one.measure === field.measure)?.text ?? null);
  }
  // Somebody else's figures: shown where nothing is being typed; where something is, its own saving will ask which one stays.
  private arrived(news: Arrived): void {
    for (const given of news.cells) {
      if (given.body !== this.body) continue;
      if (isWords(given.measure)) { reasonTaken(this.host, given, this.autosave.has(cellKey(given))); continue; }
      const field = this.field(given.measure);
      if (!field || field.version === given.version || this.autosave.has(cellKey(given))) continue;
      const untouched = field.input.value === field.stored && !field.box.querySelector(".two");
      if (!untouched) continue;
      field.version = given.version;
      field.stored = given.value === null ? "" : numberText(given.value);
      field.write(given.value);
      this.shown(field);
      if (given.by) field.input.title = given.by;
      field.box.classList.add("fresh");
      window.setTimeout(() => field.box.classList.remove("fresh"), 4000);
    }
    this.reasons(news);
  }
  private askWhich(field: Field, given: Answered): void {
    const mine = field.value;
    const box = document.createElement("div");
    box.className = "two";
    box.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = `${given.message ?? tr("Có người vừa ghi số khác.")} ${whatIWrote(mine)}`;
    const button = (text: string, then: () => void): HTMLButtonElement => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn btn-plain";
      made.textContent = text;
      made.addEventListener("click", () => { box.remove(); then(); });
      return made;
    };
    box.append(words, button(tr("Giữ số của tôi: {}", inWords(mine)), () => this.autosave.put({ body: this.body, measure: field.measure, value: mine, version: field.version })),
      button(tr("Lấy số đã lưu: {}", inWords(given.value)), () => { field.write(given.value); this.shown(field); }));
    field.box.append(box);
  }

  private leaving = false;
  private async submitted(event: SubmitEvent): Promise<void> {
    if (this.leaving) return;
    const active = this.fields.find((one) => one.input === document.activeElement);
    if (active) this.commit(active);
    const reason = reasonField(document.activeElement);
    if (reason && reason.value !== (reason.dataset["stored"] ?? reason.defaultValue)) sendReason(reason, this.autosave);
    const wrong = this.fields.find((one) => one.input.getAttribute("aria-invalid") === "true" || one.box.querySelector(".two"));
    // nothing left to send first: the browser goes on by itself (inside its own event it would ignore requestSubmit)
    if (!wrong && this.autosave.count === 0) { this.leaving = true; return; }
    event.preventDefault();
    if (wrong) { wrong.input.focus(); return; }
    if (!(await this.autosave.flush())) return; // the state line says why
    const stopped = this.fields.find((one) => one.input.getAttribute("aria-invalid") === "true" || one.box.querySelector(".two"));
    if (stopped) { stopped.input.focus(); return; }
    this.leaving = true;
    (this.host as HTMLFormElement).requestSubmit(event.submitter);
  }

  private reoffer(): void {
    const known = this.autosave.recall();
    const kept = known.flatMap((one) => { const field = one.body === this.body ? this.field(one.measure) : undefined; return field && field.value !== one.value ? [{ one, field }] : []; });
    const reasons = known.flatMap((one) => { const field = [...this.host.querySelectorAll<HTMLTextAreaElement>("[data-reason]")].find((box) => box.dataset["measure"] === one.measure); return field && field.value !== (one.text ?? "") ? [{ one, field }] : []; });
    if (kept.length + reasons.length === 0) { this.autosave.forget(); return; }
    offerKept(this.host, figuresCounted(kept.length + reasons.length), () => {
      for (const { one, field } of kept) { field.write(one.value); this.shown(field); this.autosave.put(one); }
      for (const { one, field } of reasons) { field.value = one.text ?? ""; const why = field.closest<HTMLElement>("[data-why]"); if (why) why.hidden = false; this.autosave.put(one); }
    }, () => this.autosave.forget());
  }
}

whenReady(() => { for (const host of document.querySelectorAll<HTMLElement>('[data-island~="phone-form"]')) new PhoneForm(host); });
