// Whole numbers as Vietnamese say them, on an English page too; the same rules as src/base/number.cpp.

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
