// The texts of the islands in the language of the page. Vietnamese is written where it is said, tr("…"), as in C++ and templates;
// English comes from catalogue/en.po, as a script of its own that only an English page fetches (docs/islands.md, "Texts").
const isEnglish = document.documentElement.lang === "en";
let english: Record<string, string> = {};

// Where English is not at hand (no network), the Vietnamese sentence is better than a page that does nothing.
async function fetchEnglish(): Promise<void> {
  try { english = (await import("english-texts")).default; } catch { /* said in Vietnamese */ }
}
const textsAreHere: Promise<void> | null = isEnglish ? fetchEnglish() : null;

// tr("Có {} số nằm ngoài bảng.", count). A hole is {} or {1}; English with two forms, "{} cell || {} cells", goes by the first number.
export function tr(vietnamese: string, ...values: (string | number)[]): string {
  const forms = (english[vietnamese] || vietnamese).split(" || ");
  const count = values.find((value) => typeof value === "number");
  const text = forms.length > 1 && count !== 1 ? forms[1]! : forms[0]!;
  let next = 0;
  return text.replace(/\{(\d*)\}/g, (_, place: string) => String(values[place === "" ? next++ : Number(place)] ?? ""));
}

// Starts an island once the page is read and its texts are here.
export function whenReady(start: () => void): void {
  const begin = (): void => { if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start(); };
  if (textsAreHere) void textsAreHere.then(begin);
  else begin();
}
