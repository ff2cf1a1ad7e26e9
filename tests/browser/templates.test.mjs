// What templates name must exist: classes in the built style sheet, icons in assets/icons.txt; and nothing that the policy forbids.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { root } from "./support/browser.mjs";
import { manifest } from "./support/static_server.mjs";

const templates = [];
for (const entry of await readdir(path.join(root, "src"), { recursive: true, withFileTypes: true })) {
  const file = path.join(entry.parentPath ?? entry.path, entry.name);
  if (entry.isFile() && /\.html$/.test(file) && !/_test\.html$/.test(file)) templates.push([path.relative(root, file), await readFile(file, "utf8")]);
}
const css = await readFile(path.join(root, "build/assets", manifest["page.css"]), "utf8");
const styled = new Set([...css.matchAll(/\.(-?[A-Za-z_][\w-]*)/g)].map(([, name]) => name));
const icons = new Set((await readFile(path.join(root, "assets/icons.txt"), "utf8")).split("\n").filter((line) => !line.startsWith("#")).join(" ").split(/\s+/).filter(Boolean));

// Template commands are left out: what they print is judged by the words around them.
const plain = (text) => text.replace(/\{#[\s\S]*?#\}/g, "").replace(/\{%[\s\S]*?%\}/g, " ").replace(/\{\{[\s\S]*?\}\}/g, "\u0000");

test("Every class in a template has a rule", () => {
  assert.ok(templates.length > 0 && styled.has("card"));
  const unknown = [];
  for (const [file, text] of templates) {
    for (const [, names] of plain(text).matchAll(/\sclass="([^"]*)"/g)) {
      for (const name of names.split(/\s+/)) if (name && !name.includes("\u0000") && !styled.has(name)) unknown.push(`${file}: ${name}`);
    }
  }
  assert.deepEqual(unknown, [], "name the Tabler part in assets/styles/tabler-parts.txt, or write the rule in assets/styles/");
});

test("Every icon in a template is in the sprite", () => {
  const unknown = [];
  for (const [file, text] of templates) for (const [, name] of text.matchAll(/\bicon(?:_url)?\("([a-z0-9-]+)"/g)) if (!icons.has(name)) unknown.push(`${file}: ${name}`);
  assert.deepEqual(unknown, [], "name the icon in assets/icons.txt");
});

test("No template writes into style or event attributes, or has a script of its own", () => {
  const found = [];
  for (const [file, text] of templates) {
    for (const [bad] of plain(text).matchAll(/\s(?:style|on[a-z]+|hx-on[\w:-]*)\s*=|javascript:|<style\b/gi)) found.push(`${file}: ${bad.trim()}`);
    for (const [, attributes] of plain(text).matchAll(/<script\b([^>]*)>/gi)) if (!/\bsrc=|type="application\/json"/.test(attributes)) found.push(`${file}: <script${attributes}>`);
  }
  assert.deepEqual(found, [], "values travel to an island as attributes or one JSON block (docs/islands.md)");
});
