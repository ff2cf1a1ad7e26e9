// Words beside figures, saved like them: reasons for large changes ("ly.B01") and answers in words ("lv.r17_3"), in fields marked data-reason.
import type { Answered, Autosave } from "./autosave.ts";

export function isWords(measure: string): boolean { return measure.startsWith("ly.") || measure.startsWith("lv."); }

export function reasonField(target: EventTarget | null): HTMLInputElement | HTMLTextAreaElement | null {
  return (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.dataset["reason"] !== undefined ? target : null;
}

export function sendReason(field: HTMLInputElement | HTMLTextAreaElement, autosave: Autosave): void {
  autosave.put({ body: field.dataset["body"]!, measure: field.dataset["measure"]!, value: null, version: field.dataset["version"] ?? "", text: field.value.trim() });
}

// An answer about a reason, or somebody else's: what stands in the field stays unless it is what was stored before.
export function reasonTaken(host: HTMLElement, given: Answered & { by?: string }, waiting: boolean): string | null {
  const field = [...host.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[data-reason]")].find((one) => one.dataset["body"] === given.body && one.dataset["measure"] === given.measure);
  if (!field) return null;
  const before = field.dataset["stored"] ?? field.defaultValue;
  field.dataset["version"] = given.version;
  field.dataset["stored"] = given.text ?? "";
  if (!waiting && given.state === "saved" && field.value.trim() === before && document.activeElement !== field) field.value = given.text ?? "";
  field.toggleAttribute("aria-invalid", given.state !== "saved");
  const message = given.state === "saved" ? null : given.message ?? null;
  if (given.measure.startsWith("lv.")) said(field, message);
  return message;
}

// An answer's refusal stands at its field; it belongs to no figure.
function said(field: HTMLElement, message: string | null): void {
  let line = field.parentElement?.querySelector<HTMLElement>(".error");
  if (message === null) { line?.remove(); return; }
  if (!line) {
    line = document.createElement("p");
    line.className = "error small";
    line.setAttribute("role", "alert");
    field.after(line);
  }
  line.textContent = message;
}
