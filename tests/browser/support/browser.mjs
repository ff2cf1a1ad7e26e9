// One headless Chromium for a test file, pages that report every CSP violation and script error, and the checks each page must pass.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
const screenshots = path.join(root, "build/screenshots");
const axeSource = await readFile(path.join(root, "node_modules/axe-core/axe.min.js"), "utf8");

const executable = [process.env.KHUYENHOC_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => file && existsSync(file));

export async function openBrowser() {
  assert.ok(executable, "Chromium is missing: apt-get install chromium, or set KHUYENHOC_CHROMIUM");
  return chromium.launch({ executablePath: executable, headless: true, args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
}

export const sizes = { desk: { width: 1366, height: 900 }, phone: { width: 360, height: 740 } };

// `violations` and `errors` must be empty when the page is closed: closePage() asserts it. A test that means to provoke one empties the list itself.
export async function openPage(browser, { size = sizes.desk, dark = false, script = true, base = undefined, motion = "reduce" } = {}) {
  const context = await browser.newContext({ viewport: size, colorScheme: dark ? "dark" : "light", javaScriptEnabled: script, baseURL: base, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", reducedMotion: motion, hasTouch: size.width < 500 });
  const page = await context.newPage();
  page.violations = [];
  page.errors = [];
  await page.exposeFunction("khuyenhocViolation", (text) => page.violations.push(text));
  await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) => window.khuyenhocViolation(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile ?? ""}:${event.lineNumber} ${event.sample}`)));
  page.on("pageerror", (error) => page.errors.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error" && /Content Security Policy/i.test(message.text())) page.violations.push(message.text()); });
  return page;
}

export async function closePage(page) {
  const { violations, errors } = page;
  await page.context().close();
  assert.deepEqual(violations, [], "Content-Security-Policy violations");
  assert.deepEqual(errors, [], "script errors");
}

const tallest = 5000;
export async function screenshot(page, name, { fullPage = true } = {}) {
  await mkdir(screenshots, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  // what is fixed to the foot of the window belongs at the foot of the picture; a list of hundreds of rows is pictured by its beginning, for Chromium has died of taller ones
  const view = page.viewportSize();
  if (fullPage) await page.setViewportSize({ width: view.width, height: Math.max(view.height, Math.min(tallest, await page.evaluate(() => document.documentElement.scrollHeight))) });
  await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
  if (fullPage) await page.setViewportSize(view);
}

// The four looks of ui.md in one go: `visit(page)` brings the page to the state that is to be pictured.
export async function pictureAll(browser, name, visit, { base, setLarge = async (page) => page.evaluate(() => { document.documentElement.dataset.text = "large"; }) } = {}) {
  for (const [sizeName, size] of Object.entries(sizes)) {
    for (const look of ["light", "dark", "large"]) {
      const page = await openPage(browser, { size, dark: look === "dark", base });
      await visit(page);
      if (look === "large") await setLarge(page);
      await noSidewaysScroll(page, `${name} at ${size.width} px, ${look}`);
      await accessible(page, `${name} at ${size.width} px, ${look}`);
      await screenshot(page, `${name}-${sizeName === "desk" ? 1366 : 360}-${look}`);
      await closePage(page);
    }
  }
}

// axe with no serious or critical finding; what it found is said with the element, so that it can be mended.
export async function accessible(page, what = page.url()) {
  // The debugging protocol evaluates past the page's own policy, so no script tag is needed.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(serious.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`).join(" | ")}`), [], `axe on ${what}`);
}

export async function noSidewaysScroll(page, what = page.url()) {
  const { wide, view, widest } = await page.evaluate(() => {
    const view = document.documentElement.clientWidth;
    const inScroller = (element) => { for (let up = element.parentElement; up; up = up.parentElement) if (/(auto|scroll|hidden)/.test(getComputedStyle(up).overflowX)) return true; return false; };
    const out = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > view + 1 && getComputedStyle(element).position !== "absolute" && !inScroller(element));
    return { wide: document.documentElement.scrollWidth, view, widest: out.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)) };
  });
  assert.ok(wide <= view, `${what} scrolls sideways: ${wide} > ${view}: ${widest.join(" | ")}`);
}

// What a first visit fetches, as sent over the wire: { core, charts, fonts } in bytes. Core is HTML, CSS, scripts and icons without charts and fonts.
export async function pageWeight(browser, url) {
  const page = await openPage(browser);
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  await client.send("Network.setCacheDisabled", { cacheDisabled: true });
  const kinds = new Map(), weight = { core: 0, charts: 0, fonts: 0, parts: {} };
  client.on("Network.responseReceived", ({ requestId, response }) => kinds.set(requestId, response.url));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const from = kinds.get(requestId) ?? "";
    const kind = /\.woff2$/.test(from) ? "fonts" : /chart_draw-/.test(from) ? "charts" : "core";
    weight[kind] += encodedDataLength;
    weight.parts[new URL(from || "about:blank").pathname] = encodedDataLength;
  });
  await page.goto(url, { waitUntil: "networkidle" });
  // Charts ask for their code when the page is calm, which on a busy machine is later than half a second without requests.
  const charts = await page.locator("[data-island=chart]").count();
  for (let turn = 0; charts > 0 && weight.charts === 0 && turn < 100; ++turn) await page.waitForTimeout(100);
  await closePage(page);
  return weight;
}

export const budget = { core: 100 * 1024, fonts: 95 * 1024 };
export async function withinBudget(browser, url) {
  const weight = await pageWeight(browser, url);
  assert.ok(weight.core > 0 && weight.core < budget.core, `${url} weighs ${weight.core} bytes, more than ${budget.core}: ${JSON.stringify(weight.parts, null, 1)}`);
  assert.ok(weight.fonts < budget.fonts, `${url} fetches ${weight.fonts} bytes of fonts, more than ${budget.fonts}`);
  return weight;
}
