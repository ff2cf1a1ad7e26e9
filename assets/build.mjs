// Makes build/assets/ from assets/: one style sheet, the islands, the icon sprite and the fonts, all with hashed names,
// and manifest.json, which maps a plain name ("page.css") to the hashed one ("page-4F2A….css").
// usage: node assets/build.mjs [--out build/assets]
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { PurgeCSS } from "purgecss";
import subsetFont from "subset-font";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const modules = path.join(root, "node_modules");
const outIndex = process.argv.indexOf("--out");
const out = path.resolve(outIndex > 0 ? process.argv[outIndex + 1] : path.join(root, "build/assets"));
const work = path.join(path.dirname(out), "assets-work");

// Every npm package that something is taken from; tools/notices.mjs names them.
const packages = new Set();
const packageOf = (file) => file.match(/^(?:@[^/]+\/)?[^/]+/)[0];
async function fromPackage(file, encoding) {
  packages.add(packageOf(file));
  return readFile(path.join(modules, file), encoding);
}

const words = async (file) =>
  (await readFile(path.join(here, file), "utf8")).split("\n").filter((line) => !line.startsWith("#")).join(" ").split(/\s+/).filter(Boolean);

const range = (...pairs) => pairs.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i))).join("");

// What each font file keeps; the same ranges stand in styles/fonts.css.
const digits = range([0x30, 0x39]);
const latin = range([0x20, 0x2f], [0x3a, 0x7e], [0xa0, 0xff], [0x2013, 0x2014], [0x2018, 0x201a], [0x201c, 0x201e], [0x2022, 0x2022], [0x2026, 0x2026], [0x2190, 0x2193], [0x2212, 0x2212], [0x2215, 0x2215]);
const latinExt = range([0x100, 0x101], [0x104, 0x10f], [0x112, 0x127], [0x12a, 0x167], [0x16a, 0x17f], [0x2bb, 0x2bc], [0x1e00, 0x1e9f]);

async function cutFonts() {
  const beVietnam = (subset, weight) => `@fontsource/be-vietnam-pro/files/be-vietnam-pro-${subset}-${weight}-normal.woff2`;
  const jobs = [400, 600].flatMap((weight) => [
    [`figures-${weight}`, `@fontsource/noto-sans/files/noto-sans-latin-${weight}-normal.woff2`, digits],
    [`vietnamese-${weight}`, beVietnam("vietnamese", weight), null],
    [`latin-${weight}`, beVietnam("latin", weight), latin],
    [`latin-ext-${weight}`, beVietnam("latin-ext", weight), latinExt],
  ]);
  const files = new Map();
  for (const [name, source, keep] of jobs) {
    const whole = await fromPackage(source);
    const cut = keep === null ? whole : await subsetFont(whole, keep, { targetFormat: "woff2" });
    const file = path.join(work, `${name}.woff2`);
    await writeFile(file, cut);
    files.set(name, file);
  }
  return files;
}

async function cutTabler() {
  const css = await fromPackage("@tabler/core/dist/css/tabler.min.css", "utf8");
  const named = (await words("styles/tabler-parts.txt")).join(" ");
  const [purged] = await new PurgeCSS().purge({
    content: [{ raw: named, extension: "txt" }], css: [{ raw: css }],
    defaultExtractor: (text) => text.split(/\s+/), variables: true, keyframes: true, fontFace: true,
    // Dark comes from our tokens by media query, so its own themes go; and the words of the list that are tags would else keep classes of that name.
    blocklist: [/data-bs-theme/, /^\[dir/, /\.(legend|progress|table|figure|search|time|text|row|disabled|active)(?![\w-])/, /webkit-(scrollbar|datetime|calendar)/, /-moz-/],
  });
  const kept = purged.css.replace(/[^{}]*\[data-bs-theme[^{}]*\{[^{}]*\}/g, "").replace(/@charset[^;]*;/, "");
  const file = path.join(work, "tabler-parts.css");
  await writeFile(file, kept);
  return file;
}

async function sprite() {
  const symbols = [];
  for (const name of await words("icons.txt")) {
    const svg = await fromPackage(`@tabler/icons/icons/outline/${name}.svg`, "utf8");
    const inner = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>[\s\S]*$/, "").replace(/<path stroke="none"[^>]*>/, "").replace(/\s*\n\s*/g, "");
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
}

// The English of every text that an island marks with tr("…"); what en.po lacks is found by the test `messages`, and said in Vietnamese meanwhile.
async function englishTexts() {
  const po = await readFile(path.join(root, "catalogue/en.po"), "utf8");
  const joined = (quoted) => quoted.match(/"(?:[^"\\]|\\.)*"/g).map((piece) => JSON.parse(piece)).join("");
  const english = new Map([...po.matchAll(/^msgid ((?:".*"\s+)+)msgstr ((?:".*"\s*)+)/gm)].map(([, vietnamese, text]) => [joined(vietnamese), joined(text)]));
  const texts = {};
  for (const file of (await readdir(path.join(here, "islands"))).filter((name) => name.endsWith(".ts")).sort()) {
    for (const [, marked] of (await readFile(path.join(here, "islands", file), "utf8")).matchAll(/\btr\(("(?:[^"\\]|\\.)*")/g)) {
      const vietnamese = JSON.parse(marked);
      if (english.get(vietnamese)) texts[vietnamese] = english.get(vietnamese);
    }
  }
  return `export default ${JSON.stringify(texts)};\n`;
}

const hashed = (name, body) => {
  const dot = name.lastIndexOf(".");
  return `${name.slice(0, dot)}-${createHash("sha256").update(body).digest("hex").slice(0, 8).toUpperCase()}${name.slice(dot)}`;
};

await mkdir(work, { recursive: true });
await mkdir(out, { recursive: true });
const [fonts, tabler, icons, english] = [await cutFonts(), await cutTabler(), await sprite(), await englishTexts()];

const ours = {
  name: "ours",
  setup(build) {
    build.onResolve({ filter: /^font:/ }, ({ path: name }) => ({ path: fonts.get(name.slice(5)) }));
    build.onResolve({ filter: /^tabler-parts$/ }, () => ({ path: tabler }));
    build.onResolve({ filter: /^english-texts$/ }, () => ({ path: "english_texts.js", namespace: "made" }));
    // The server reads Markdown; prosemirror-markdown only writes it here, and its own reader is never asked.
    build.onResolve({ filter: /^markdown-it$/ }, () => ({ path: "no_markdown_it.js", namespace: "made" }));
    build.onLoad({ filter: /^no_markdown_it\.js$/, namespace: "made" }, () => ({ contents: "export default () => ({});", loader: "js" }));
    build.onLoad({ filter: /^english_texts\.js$/, namespace: "made" }, () => ({ contents: english, loader: "js" }));
  },
};

const result = await esbuild.build({
  absWorkingDir: root,
  entryPoints: [
    { in: "assets/styles/page.css", out: "page" },
    ...["page", "grid", "phone_form", "handover", "chart", "text_editor"].map((name) => ({ in: `assets/islands/${name}.ts`, out: name })),
  ],
  outdir: out, bundle: true, minify: true, splitting: true, format: "esm", target: ["es2021", "chrome90", "firefox90", "safari15"], charset: "utf8",
  entryNames: "[name]-[hash]", chunkNames: "[name]-[hash]", assetNames: "[name]-[hash]", loader: { ".woff2": "file" },
  metafile: true, legalComments: "none", plugins: [ours], write: true,
});

for (const file of Object.keys(result.metafile.inputs)) if (file.startsWith("node_modules/")) packages.add(packageOf(file.slice("node_modules/".length)));
await writeFile(path.join(work, "packages.json"), JSON.stringify([...packages].sort()) + "\n");

const manifest = {};
const kept = new Set(["manifest.json"]);
for (const [file, made] of Object.entries(result.metafile.outputs)) {
  const name = path.basename(file);
  kept.add(name);
  if (made.entryPoint || name.endsWith(".woff2")) manifest[name.replace(/-[A-Z0-9]{8}(\.[a-z0-9]+)$/, "$1")] = name;
}
for (const [name, body] of [["icons.svg", icons], ["favicon.svg", await readFile(path.join(here, "favicon.svg"), "utf8")]]) {
  manifest[name] = hashed(name, body);
  kept.add(manifest[name]);
  await writeFile(path.join(out, manifest[name]), body);
}
// The manifest comes last and whole: a server that starts meanwhile sees the old one or the new one.
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(path.join(out, "manifest.json.new"), JSON.stringify(sorted, null, 2) + "\n");
await rename(path.join(out, "manifest.json.new"), path.join(out, "manifest.json"));
for (const file of await readdir(out)) if (!kept.has(file)) await rm(path.join(out, file), { recursive: true });
