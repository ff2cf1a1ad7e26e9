// The parts of docs/ui-parts.md in every look, and the small behaviours of page.js.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { partsPages } from "./fixtures/parts.mjs";
import { closePage, openBrowser, openPage, pictureAll, withinBudget } from "./support/browser.mjs";
import { serveStatic } from "./support/static_server.mjs";

let browser, site;
const found = (request) => { const q = new URL(request.url, "http://x").searchParams.get("q"); return q === "khong" ? "" : `<li><a href="#1">Xã Ea Kar<span class="where">tỉnh Đắk Lắk</span></a></li><li><a href="#2">Xã Ea Knốp<span class="where">${q}</span></a></li>`; };
before(async () => { browser = await openBrowser(); site = await serveStatic({ pages: { ...partsPages, "/tim": found } }); });
after(async () => { await browser?.close(); await site?.close(); });

for (const [path, name] of [["/viec", "home"], ["/danh-sach", "list"], ["/ho-so", "record"], ["/mau", "form"], ["/van-ban", "document"], ["/dang-nhap", "sign-in"]]) {
  test(`The ${name} parts look right everywhere and pass axe`, async () => {
    await pictureAll(browser, `fixture-${name}`, (page) => page.goto(path), { base: site.url });
    await withinBudget(browser, `${site.url}${path}`);
  });
}

test("Search as you type shows results that the arrows walk through", async () => {
  const page = await openPage(browser, { base: site.url });
  await page.goto("/danh-sach");
  await page.locator("#q").pressSequentially("ea k");
  await page.waitForSelector("#ket-qua a");
  assert.match(await page.locator("#ket-qua").textContent(), /ea k/);
  await page.keyboard.press("ArrowDown");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Xã Ea Kar/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Xã Ea Knốp/);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await closePage(page);
});

test("A reminder is copied and said so, and a choice closes with Escape", async () => {
  const page = await openPage(browser, { base: site.url });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: site.url });
  await page.goto("/viec");
  await page.getByRole("button", { name: "Chép lời nhắc để gửi Zalo" }).click();
  await page.waitForSelector(".said");
  assert.match(await page.locator(".said").textContent(), /Đã chép/);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "Kính gửi ông Sơn: còn 1 tờ trình chờ ông ký.");
  const pick = page.locator("details.pick").first();
  await pick.locator("summary").click();
  assert.equal(await pick.locator(".pick-list").isVisible(), true);
  await page.keyboard.press("Escape");
  assert.equal(await pick.locator(".pick-list").isVisible(), false);
  await closePage(page);
});

test("What was chosen is read whole where its column is narrow", async () => {
  const page = await openPage(browser, { base: site.url });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/mau");
  const [short, long] = await page.evaluate(() => {
    const form = document.querySelector("form.form-column");
    return ["Mỗi năm", "Mỗi loại văn bản một dãy số riêng, mỗi năm bắt đầu lại từ 01"].map((words) => {
      const row = document.createElement("div"), choice = document.createElement("select");
      row.className = "form-row";
      choice.className = "form-select";
      choice.append(new Option(words));
      row.append(choice);
      form.append(row);
      return { wide: choice.offsetWidth <= row.clientWidth, height: choice.offsetHeight };
    });
  });
  assert.ok(short.wide && long.wide, "a choice is not wider than its column");
  assert.ok(long.height > short.height, `a long one takes more lines than a short one: ${long.height} and ${short.height} px`);
  await closePage(page);
});

test("A form with something typed asks before it is left, and not when it is sent", async () => {
  const page = await openPage(browser, { base: site.url });
  await page.goto("/mau");
  let asked = 0;
  page.on("dialog", async (dialog) => { asked++; await dialog.dismiss(); });
  await page.locator("#ten").pressSequentially("Chi hội Thôn 9");
  await page.goto("/viec").catch(() => {});
  assert.equal(asked, 1);
  assert.equal(await page.locator("#ten").inputValue(), "Chi hội Thôn 9");
  await page.getByRole("button", { name: "Ghi chi hội mới" }).click();
  await page.waitForURL("**/x");
  assert.equal(asked, 1);
  await closePage(page);
});

test("The page's own font is used, with Latin-ext fetched only for a name that needs it", async () => {
  const page = await openPage(browser, { base: site.url });
  const fonts = [];
  page.on("request", (request) => { if (/woff2/.test(request.url())) fonts.push(request.url().replace(/.*\/|-[A-Z0-9]{8}\.woff2/g, "")); });
  await page.goto("/dang-nhap", { waitUntil: "networkidle" });
  assert.ok(fonts.includes("vietnamese-600") && fonts.includes("latin-400"), fonts.join());
  assert.ok(!fonts.some((name) => name.startsWith("latin-ext")), fonts.join());
  await page.evaluate(() => { document.querySelector("h1").textContent = "Ŭ"; });
  await page.waitForFunction(() => document.fonts.check('600 16px "Be Vietnam Pro"', "Ŭ"));
  assert.ok(fonts.includes("latin-ext-600"), fonts.join());
  await closePage(page);
});

test("The collector notices what the policy refuses", async () => {
  const page = await openPage(browser, { base: site.url });
  await page.goto("/dang-nhap");
  await page.evaluate(() => document.querySelector("h1").setAttribute("style", "color: red"));
  await page.waitForFunction(() => true);
  assert.ok(page.violations.some((text) => /style-src/.test(text)), page.violations.join());
  page.violations.length = 0;
  await closePage(page);
});
