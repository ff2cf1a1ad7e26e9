// Whole numbers as Vietnamese write and say them; the same rules and sentences as src/base/number.cpp.

export function numberText(value: number): string {
  return Math.trunc(value).toString().replace(/\B(?=(\d{3})+$)/g, ".");
}

const digitNames = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;

// Three digits; `full` says "không trăm" and "linh" because a larger group stands before.
function groupInWords(group: number, full: boolean): string[] {
  const hundreds = Math.floor(group / 100), tens = Math.floor(group / 10) % 10, ones = group % 10;
  const said: string[] = [];
  if (hundreds > 0 || full) said.push(digitNames[hundreds]!, "trăm");
  if (tens === 0) {
    if (ones === 0) return said;
    if (hundreds > 0 || full) said.push("linh");
    return [...said, digitNames[ones]!];
  }
  if (tens === 1) said.push("mười");
  else said.push(digitNames[tens]!, "mươi");
  if (ones === 0) return said;
  if (ones === 1 && tens > 1) said.push("mốt");
  else if (ones === 4 && tens > 1) said.push("tư");
  else if (ones === 5) said.push("lăm");
  else said.push(digitNames[ones]!);
  return said;
}

export function numberInWords(value: number): string {
  if (value === 0) return "không";
  const groups: number[] = [];
  for (let rest = Math.abs(value); rest > 0; rest = Math.floor(rest / 1000)) groups.push(rest % 1000);
  const scale = ["", "nghìn", "triệu"];
  const said: string[] = value < 0 ? ["âm"] : [];
  let started = false;
  for (let i = groups.length - 1; i >= 0; i--) {
    if (groups[i] !== 0) {
      said.push(...groupInWords(groups[i]!, started));
      if (i % 3 !== 0) said.push(scale[i % 3]!);
      started = true;
    }
    // nine digits make a "tỷ"; a "tỷ" is said once for whatever stands before it
    if (i % 3 === 0 && i > 0 && started) said.push("tỷ");
  }
  return said.join(" ");
}

export type Parsed = { kind: "blank" } | { kind: "number"; value: number } | { kind: "wrong"; message: string };

// "1.234", "1234", "1 234"; blank is an answer of its own. A minus sign parses: the server judges it.
export function parseWhole(text: string): Parsed {
  const typed = text.replace(/[\u00a0\u202f]/g, " ").trim();
  if (typed === "") return { kind: "blank" };
  const wrong = (why: string): Parsed => ({ kind: "wrong", message: `“${typed}” ${why}` });
  if (typed.includes(",")) return wrong("có dấu phẩy. Xin ghi số nguyên, không ghi phần thập phân; ngăn hàng nghìn bằng dấu chấm, ví dụ 1.250.");
  if (!/^-?[\d. ]+$/.test(typed)) return wrong("chưa phải là số. Xin chỉ ghi chữ số, ví dụ 1.250; không có thì ghi số 0.");
  if (!/^-?(\d+|\d{1,3}(\.\d{3})+|\d{1,3}( \d{3})+)$/.test(typed)) return wrong("ngăn hàng nghìn chưa đúng. Xin ghi như 1.250 hoặc 1250.");
  const digits = typed.replace(/[. ]/g, "");
  if (digits.replace("-", "").length > 15) return wrong("quá lớn. Xin xem lại số chữ số.");
  return { kind: "number", value: Number(digits) };
}
