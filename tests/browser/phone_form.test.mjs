// The short form of one branch, as it is filled in on a phone.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { phonePage } from "./fixtures/phone.mjs";
import { closePage, openBrowser, openPage, pictureAll, sizes } from "./support/browser.mjs";
import { serveStatic } from "./support/static_server.mjs";

let browser, site, page, answer, sentForms;
const saveAll = (json) => [200, { cells: json.cells.map((cell) => ({ ...cell, state: "saved", version: String(Number(cell.version) + 1) })), saved_at: "19 giờ 15 phút" }];
const field = (measure) => page.locator(`.field[data-measure="${measure}"]`);
const state = () => page.locator("[data-save-state]").textContent();

before(async () => {
  browser = await openBrowser();
  site = await serveStatic({ pages: { "/phieu": phonePage, "/phieu-en": (...given) => phonePage(...given).replace('lang="vi"', 'lang="en"') }, answers: { "/phieu/o": (json) => answer(json), "/gui": (body) => { sentForms.push(body); return [200, {}]; } } });
});
after(async () => { await browser?.close(); await site?.close(); });
beforeEach(async () => { answer = saveAll; sentForms = []; site.posts.length = 0; page = await openPage(browser, { size: sizes.phone, base: site.url }); await page.goto("/phieu"); });
afterEach(async () => { await closePage(page); await site.quiet(); });

test("An amount is read back in words while it is typed, and written with its dots when left", async () => {
  const words = field("Q01").locator("[data-words]");
  assert.equal(await words.isVisible(), false);
  for (const [typed, said] of [["6400000", "sáu triệu bốn trăm nghìn"], ["1000000001", "một tỷ không trăm linh một"], ["21", "hai mươi mốt"], ["115", "một trăm mười lăm"], ["1024", "một nghìn không trăm hai mươi tư"], ["44004", "bốn mươi tư nghìn không trăm linh bốn"], ["0", "không"]]) {
    await field("Q01").locator("input").fill(typed);
    assert.equal(await words.textContent(), `Đọc là: ${said} đồng.`);
  }
  await field("Q01").locator("input").fill("6400000");
  await field("Q01").locator("input").press("Enter");
  assert.equal(await field("Q01").locator("input").inputValue(), "6.400.000");
  assert.equal(await page.evaluate(() => document.activeElement.id), "so-5", "the keyboard's next goes to the next figure");
  await page.waitForFunction(() => /Đã lưu lúc 19 giờ 15 phút/.test(document.querySelector("[data-save-state]").textContent));
  assert.deepEqual(site.posts[0].json.cells, [{ body: "thon-8", measure: "Q01", value: 6400000, version: "1" }]);
  assert.equal(await page.locator("[data-filled]").textContent(), "5/5 số");
});

test("The arithmetic of the members is said as it stands", async () => {
  const check = field("B01").locator("[data-check]");
  assert.equal((await check.textContent()).trim(), "Khớp: 118 thêm 5, giảm 3 thì còn 120.");
  await field("B01").locator("input").fill("123");
  assert.equal((await check.textContent()).trim(), "Chưa khớp, thừa 3: 118 thêm 5, giảm 3 thì còn 120; đang ghi 123.");
  await field("B02").locator("input").fill("");
  assert.equal(await check.isVisible(), false, "a blank is not counted as zero");
});

test("On an English page the form speaks English; an amount is read back as Vietnamese say it", async () => {
  await page.goto("/phieu-en", { waitUntil: "networkidle" });
  assert.equal((await field("B01").locator("[data-check]").textContent()).trim(), "Agrees: 118 plus 5 minus 3 makes 120.");
  await field("Q01").locator("input").fill("6400000");
  assert.equal(await field("Q01").locator("[data-words]").textContent(), "In Vietnamese: sáu triệu bốn trăm nghìn đồng.");
  await field("B01").locator("input").fill("123");
  assert.equal((await field("B01").locator("[data-check]").textContent()).trim(), "Does not agree, 3 too many: 118 plus 5 minus 3 makes 120; 123 is written.");
  assert.equal(await page.locator("[data-filled]").textContent(), "5/5 figures");
  assert.doesNotMatch(await page.locator("[data-save-state]").textContent(), /undefined/);
});

test("What is not a number is said under its field, kept, and stops the sending", async () => {
  await field("B02").locator("input").fill("năm người");
  await page.getByRole("button", { name: "Gửi số liệu cho xã" }).click();
  assert.match(await field("B02").locator(".error").textContent(), /“năm người” chưa phải là số/);
  assert.equal(await field("B02").locator("input").inputValue(), "năm người");
  assert.equal(sentForms.length, 0);
  assert.equal(site.posts.length, 0);
});

test("Sending first saves what is waiting", async () => {
  await field("B02").locator("input").fill("6");
  await page.getByRole("button", { name: "Gửi số liệu cho xã" }).click();
  await page.waitForURL("**/gui");
  assert.deepEqual(site.posts.map(({ path }) => path), ["/phieu/o", "/gui"]);
});

test("Sending without a network keeps everything and says so", async () => {
  answer = () => null;
  await field("B02").locator("input").fill("6");
  await page.getByRole("button", { name: "Gửi số liệu cho xã" }).click();
  await page.waitForFunction(() => /đã giữ 1 số trên máy này/.test(document.querySelector("[data-save-state]").textContent));
  assert.equal(sentForms.length, 0);
  await page.reload();
  assert.match(await page.locator(".kept").textContent(), /Lần trước còn 1 số/);
  await page.getByRole("button", { name: "Bỏ đi, giữ số đã lưu" }).click();
  assert.equal(await field("B02").locator("input").inputValue(), "5");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

test("When the commune saved first both figures stand there", async () => {
  answer = (json) => [200, { cells: json.cells.map((cell) => (cell.version === "1" ? { ...cell, state: "stale", value: 8, version: "4", message: "Bà Trần Kim Liên vừa ghi 8 lúc 19 giờ 14 phút." } : { ...cell, state: "saved", version: "5" })), saved_at: "19 giờ 15 phút" }];
  await field("B02").locator("input").fill("6");
  await field("B02").locator("input").press("Enter");
  await page.waitForSelector(".two");
  assert.match(await page.locator(".two").textContent(), /Bà Trần Kim Liên vừa ghi 8.*Ông\/bà ghi 6/);
  await page.getByRole("button", { name: "Giữ số của tôi: 6" }).click();
  await page.waitForFunction(() => /Đã lưu lúc 19 giờ 15 phút$/.test(document.querySelector("[data-save-state]").textContent));
  assert.deepEqual(site.posts.at(-1).json.cells, [{ body: "thon-8", measure: "B02", value: 6, version: "4" }]);
  assert.match(await state(), /Đã lưu/);
});

test("The form looks right everywhere and passes axe", async () => {
  await pictureAll(browser, "fixture-phone-form", async (at) => { await at.goto("/phieu"); await at.locator("#so-4").fill("6400000"); await at.locator("#so-2").fill("hai"); await at.locator("#so-5").focus(); }, { base: site.url });
});
