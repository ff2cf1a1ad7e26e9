// Whole numbers as Vietnamese write them; the same rules and sentences as src/base/number.cpp.
import { tr } from "./texts.ts";

export function numberText(value: number): string {
  return Math.trunc(value).toString().replace(/\B(?=(\d{3})+$)/g, ".");
}

// A figure as a button or a sentence names it; a blank has words of its own.
export const inWords = (value: number | null): string => (value === null ? tr("để trống") : numberText(value));
export const whatIWrote = (value: number | null): string => (value === null ? tr("Ông/bà để trống.") : tr("Ông/bà ghi {}.", numberText(value)));

export type Parsed = { kind: "blank" } | { kind: "number"; value: number } | { kind: "wrong"; message: string };

// "1.234", "1234", "1 234"; blank is an answer of its own. A minus sign parses: the server judges it.
export function parseWhole(text: string): Parsed {
  const typed = text.replace(/[\u00a0\u202f]/g, " ").trim();
  if (typed === "") return { kind: "blank" };
  const wrong = (why: string): Parsed => ({ kind: "wrong", message: `“${typed}” ${why}` });
  if (typed.includes(",")) return wrong(tr("có dấu phẩy. Xin ghi số nguyên, không ghi phần thập phân; ngăn hàng nghìn bằng dấu chấm, ví dụ 1.250."));
  if (!/^-?[\d. ]+$/.test(typed)) return wrong(tr("chưa phải là số. Xin chỉ ghi chữ số, ví dụ 1.250; không có thì ghi số 0."));
  if (!/^-?(\d+|\d{1,3}(\.\d{3})+|\d{1,3}( \d{3})+)$/.test(typed)) return wrong(tr("ngăn hàng nghìn chưa đúng. Xin ghi như 1.250 hoặc 1250."));
  const digits = typed.replace(/[. ]/g, "");
  if (digits.replace("-", "").length > 15) return wrong(tr("quá lớn. Xin xem lại số chữ số."));
  return { kind: "number", value: Number(digits) };
}
