// Charts under the product's policy: drawn where there is room, left to their table where there is none.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { boardPage } from "./fixtures/board.mjs";
import { closePage, openBrowser, openPage, pictureAll, sizes, withinBudget } from "./support/browser.mjs";
import { serveStatic } from "./support/static_server.mjs";

let browser, site;
before(async () => { browser = await openBrowser(); site = await serveStatic({ pages: { "/bang": boardPage, "/xa/5": () => "<!doctype html><title>Xã Cư Yang</title>" } }); });
after(async () => { await browser?.close(); await site?.close(); });

test("Each kind is drawn as SVG with its figures as text, and nothing is refused by the policy", async () => {
  const page = await openPage(browser, { base: site.url });
  await page.goto("/bang");
  await page.waitForFunction(() => document.querySelectorAll(".chart-draw svg").length === 3);
  const texts = await page.locator(".chart-draw").allTextContents();
  for (const words of ["682.140", "612.480", "năm 2022", "Kế hoạch năm 2026", "700.000", "đã đạt 97,4%"]) assert.ok(texts[0].includes(words), `${words} in ${texts[0]}`);
  for (const words of ["Năm 2025", "Năm 2026", "T12", "290"]) assert.ok(texts[1].includes(words), `${words} in ${texts[1]}`);
  for (const words of ["Xã Ea Kar", "12.309", "Xã Cư Yang"]) assert.ok(texts[2].includes(words), `${words} in ${texts[2]}`);
  assert.match(await page.locator(".chart-draw").first().getAttribute("aria-label"), /tăng đều từ 612\.480/);
  await page.locator(".chart-draw").nth(2).locator("svg path[fill]").last().hover();
  await page.waitForTimeout(200);
  await closePage(page);
});

test("A bar of a child opens that child", async () => {
  const page = await openPage(browser, { base: site.url });
  await page.goto("/bang");
  const draw = page.locator(".chart-draw").nth(2);
  await draw.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelectorAll(".chart-draw svg").length === 3);
  const box = await draw.boundingBox();
  await page.mouse.click(box.x + box.width * 0.2, box.y + box.height * 0.9);
  await page.waitForURL("**/xa/5");
  await closePage(page);
});

test("On a phone no chart code is fetched and the table says the same", async () => {
  const page = await openPage(browser, { base: site.url, size: sizes.phone });
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.goto("/bang", { waitUntil: "networkidle" });
  assert.ok(!fetched.some((url) => /chart_draw/.test(url)), fetched.join("\n"));
  assert.equal(await page.locator(".chart-draw").count(), 0);
  await page.locator("details.no-print summary").first().click();
  assert.ok((await page.locator("details.no-print table").first().textContent()).includes("682.140"));
  await closePage(page);
});

test("A board without its charts keeps the weight budget", async () => {
  const weight = await withinBudget(browser, `${site.url}/bang`);
  assert.ok(weight.charts > 0, "the chart is fetched apart");
});

test("The board looks right everywhere and passes axe", async () => {
  await pictureAll(browser, "fixture-board", async (at) => { await at.goto("/bang", { waitUntil: "networkidle" }); if (at.viewportSize().width > 480) await at.waitForFunction(() => document.querySelectorAll(".chart-draw svg").length === 3); }, { base: site.url });
});
