// Figures typed into the built product: in the commune's grid, on a branch's phone, without script, by keyboard, by two people at once.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { accessible, closePage, openBrowser, openPage, pictureAll, sizes } from "./support/browser.mjs";
import { demoPeople, signIn, startProduct } from "./support/product.mjs";

let product, browser, people, page;
const number = (text) => Number(text.replace(/[^\d]/g, ""));
const members = async (on) => number((await on.locator(".answer").textContent()).match(/có ([\d.]+) hội viên/)[1]);
const cell = (on, label) => on.getByRole("textbox", { name: new RegExp(`^Chi hội Thôn 8, ${label}`) });
const saved = (on) => on.locator("[data-save-state]").filter({ hasText: /Đã lưu lúc/ });
// The group of Thôn 8 may be folded.
async function openGrid(on) {
  await on.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  const field = cell(on, "Hội viên – Cuối kỳ");
  if (!(await field.isVisible())) {
    const group = await field.evaluate((element) => element.closest("tr").dataset.inGroup);
    await on.locator(`tr[data-group="${group}"] [data-fold]`).click();
    await field.waitFor({ state: "visible" });
  }
  return field;
}
async function typeAndSave(on, field, value) {
  const answered = on.waitForResponse((response) => /\/o(\?|$)/.test(response.url()) && response.request().method() === "POST");
  await field.fill(String(value));
  await field.press("Enter");
  const answer = await (await answered).json();
  await saved(on).waitFor();
  return answer;
}
async function figure(...words) {
  const { status, out, err } = await product.command("figure", ...words, "--json");
  assert.equal(status, 0, err);
  return JSON.parse(out).value;
}

before(async () => {
  [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  people = await demoPeople(product.url);
});
after(async () => { await browser?.close(); await product?.stop(); });
beforeEach(async () => { page = await openPage(browser, { base: product.url }); });
afterEach(async () => { await closePage(page); assert.doesNotMatch(product.output(), /content security policy:/); });

test("A secretary saves a branch's figure: the province's page in another browser and the command line show the new total", async () => {
  const province = await openPage(browser, { base: product.url });
  await signIn(province, product.url, people.province);
  await province.goto("/so-lieu?ky=2026-H1");
  const before = await members(province);
  assert.equal(await figure("B01", "--unit", "66", "--period", "2026-H1"), before);

  await signIn(page, product.url, people.secretary);
  const field = await openGrid(page);
  const old = number(await field.inputValue());
  await typeAndSave(page, field, old + 7);
  await province.reload();
  assert.equal(await members(province), before + 7);
  assert.equal(await figure("B01", "--unit", "66", "--period", "2026-H1"), before + 7);
  await closePage(province);

  await page.reload();
  assert.equal(number(await (await openGrid(page)).inputValue()), old + 7, "it is still there after a reload");
  await typeAndSave(page, await openGrid(page), old);
  assert.equal(await figure("B01", "--unit", "66", "--period", "2026-H1"), before, "a correction leaves no trace in the total");
});

test("What cannot be is refused in words at its cell, and nothing typed is lost", async () => {
  await signIn(page, product.url, people.secretary);
  const field = await openGrid(page);
  const total = await figure("B01", "--unit", "66", "--period", "2026-H1");
  const old = await field.inputValue();
  for (const wrong of ["12a", "-4", "1,5"]) {
    await field.fill(wrong);
    await field.press("Enter");
    await page.waitForTimeout(900);
    assert.equal(await field.inputValue(), wrong, "what was typed stands there still");
    assert.equal(await field.getAttribute("aria-invalid"), "true", `${wrong} is marked`);
  }
  assert.equal(await figure("B01", "--unit", "66", "--period", "2026-H1"), total);
  await typeAndSave(page, field, number(old) + 1);
  await typeAndSave(page, field, old);
  assert.equal(await figure("B01", "--unit", "66", "--period", "2026-H1"), total);
});

test("Whoever saves second sees both figures, and decides", async () => {
  await signIn(page, product.url, people.secretary);
  const mine = await openGrid(page);
  const old = number(await mine.inputValue());
  const phone = await openPage(browser, { size: sizes.phone, base: product.url });
  await signIn(phone, product.url, people.branchHead);
  await phone.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  await typeAndSave(phone, phone.getByLabel(/Tổng số hội viên/), old + 2);
  const answer = await (async () => { const answered = page.waitForResponse((response) => /\/o(\?|$)/.test(response.url())); await mine.fill(String(old + 5)); await mine.press("Enter"); return (await answered).json(); })();
  assert.equal(answer.cells[0].state, "stale");
  assert.match(answer.cells[0].message, new RegExp(String(old + 2)), "the figure of the other one is named");
  await phone.reload({ waitUntil: "networkidle" });
  assert.equal(number(await phone.getByLabel(/Tổng số hội viên/).inputValue()), old + 2, "the first saving stands");
  await typeAndSave(phone, phone.getByLabel(/Tổng số hội viên/), old);
  await closePage(phone);
});

test("With the keyboard alone a row is filled in as in Excel", async () => {
  await signIn(page, product.url, people.secretary);
  const first = await openGrid(page);
  await first.focus();
  await page.keyboard.press("ArrowRight");
  const label = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.match(await label(), /Chi hội Thôn 8, Hội viên – Mới/);
  await page.keyboard.press("ArrowDown");
  assert.doesNotMatch(await label(), /Chi hội Thôn 8,/);
  assert.match(await label(), /Hội viên – Mới/);
  await page.keyboard.press("ArrowUp");
  assert.match(await label(), /Chi hội Thôn 8, Hội viên – Mới/);
});

test("Every saving stands in the trail of the commune, with who and what", async () => {
  await signIn(page, product.url, people.secretary);
  const field = await openGrid(page);
  const old = number(await field.inputValue());
  await typeAndSave(page, field, old + 1);
  await typeAndSave(page, field, old);
  const chairman = await openPage(browser, { base: product.url });
  await signIn(chairman, product.url, people.chairman);
  await chairman.goto("/nhat-ky");
  const row = chairman.locator("tr", { hasText: "Trần Kim Liên" }).filter({ hasText: "Chi hội Thôn 8" }).first();
  assert.match(await row.textContent(), new RegExp(`${old + 1} thành ${old}`));
  await closePage(chairman);
});

test("Without script the grid and the short form are saved by their button", async () => {
  const plain = await openPage(browser, { script: false, base: product.url });
  await signIn(plain, product.url, people.secretary);
  await plain.goto("/nhap-so-lieu");
  let field = cell(plain, "Khuyến học – Học bổng");
  if (!(await field.isVisible())) {
    const group = await field.evaluate((element) => element.closest("tr").dataset.inGroup);
    await plain.locator(`tr[data-group="${group}"] [data-fold]`).click();
    field = cell(plain, "Khuyến học – Học bổng");
  }
  const before = await figure("E01", "--unit", "66", "--period", "2026-H1");
  const old = number(await field.inputValue());
  await field.fill(String(old + 3));
  await plain.getByRole("button", { name: "Ghi số liệu" }).click();
  await plain.locator("h1").waitFor();
  assert.equal(await figure("E01", "--unit", "66", "--period", "2026-H1"), before + 3);
  await closePage(plain);

  const phone = await openPage(browser, { size: sizes.phone, script: false, base: product.url });
  await signIn(phone, product.url, people.branchHead);
  await phone.goto("/nhap-so-lieu");
  await phone.getByLabel(/Học bổng đã trao/).fill(String(old));
  await phone.getByRole("button", { name: /Gửi số liệu/ }).click();              // which confirms its report: nobody types there any more
  await phone.locator("h1").waitFor();
  assert.equal(await figure("E01", "--unit", "66", "--period", "2026-H1"), before);
  await closePage(phone);
});

test("The grid and the short form at both widths, light, dark and large", async () => {
  for (const [name, who] of [["grid", "secretary"], ["short-form", "branchHead"]])
    await pictureAll(browser, `product-${name}`, async (on) => { await signIn(on, product.url, people[who]); await on.goto("/nhap-so-lieu", { waitUntil: "networkidle" }); }, { base: product.url });
  await signIn(page, product.url, people.province);
  await page.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  await accessible(page);
});
