// Nothing typed is ever lost: the network gone, the session ended, the report sent by somebody else, two people in one grid; and a branch's form from a link, as a stranger fills it in.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { accessible, closePage, noSidewaysScroll, openBrowser, openPage, pictureAll, sizes } from "./support/browser.mjs";
import { demoPeople, signIn, startProduct } from "./support/product.mjs";

let product, browser, people, page;
const number = (text) => Number(text.replace(/[^\d]/g, ""));
const state = (on) => on.locator("[data-save-state]");
const members = (on) => on.getByLabel(/Tổng số hội viên/);
// Zalo's own browser on a telephone: its name, no downloads, cookies of its own.
const zalo = "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.6099.144 Mobile Safari/537.36 Zalo android/12110 ZaloTheme/light ZaloLanguage/vi";
async function openInZalo(base) {
  const context = await browser.newContext({ viewport: sizes.phone, baseURL: base, userAgent: zalo, acceptDownloads: false, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", hasTouch: true, isMobile: true });
  const inZalo = await context.newPage();
  inZalo.violations = [];
  inZalo.errors = [];
  inZalo.downloads = 0;
  inZalo.on("pageerror", (error) => inZalo.errors.push(String(error)));
  inZalo.on("console", (message) => { if (message.type() === "error" && /Content Security Policy/i.test(message.text())) inZalo.violations.push(message.text()); });
  inZalo.on("download", () => { inZalo.downloads++; });
  return inZalo;
}
async function openGrid(on) {
  await on.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  const field = on.getByRole("textbox", { name: /^Chi hội Thôn 8, Hội viên – Cuối kỳ/ });
  if (!(await field.isVisible())) {
    const group = await field.evaluate((element) => element.closest("tr").dataset.inGroup);
    await on.locator(`tr[data-group="${group}"] [data-fold]`).click();
  }
  await field.waitFor({ state: "visible" });
  return field;
}
async function typeAndSave(on, field, value) {
  const answered = on.waitForResponse((response) => /\/o(\?|$)/.test(response.url()) && response.request().method() === "POST");
  await field.fill(String(value));
  await field.blur();
  return (await answered).json();
}
// A link to a branch's form, made by the secretary as its page offers it.
async function makeLink(name) {
  const desk = await openPage(browser, { base: product.url });
  await signIn(desk, product.url, people.secretary);
  await desk.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  await desk.getByRole("link", { name: "Đường dẫn điền phiếu qua Zalo" }).click();
  await desk.evaluate(() => { for (const box of document.querySelectorAll("input[type=checkbox]")) box.checked = false; });
  await desk.locator("label.choice", { hasText: name }).first().locator("input").check();
  await desk.getByRole("button", { name: /Tạo đường dẫn/ }).click();
  const message = await desk.getByRole("textbox", { name: new RegExp(name) }).inputValue();
  await closePage(desk);
  const address = message.match(/(\/l\/[\w-]+)/)[1];
  return { message, address };
}

before(async () => {
  [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  people = await demoPeople(product.url);
});
after(async () => { await browser?.close(); await product?.stop(); });
beforeEach(async () => { page = await openPage(browser, { base: product.url }); });
afterEach(async () => { await closePage(page); assert.doesNotMatch(product.output(), /content security policy:/); });

test("The network gone while saving: the cells are kept on the machine, said in words, and sent when it is back", async () => {
  await signIn(page, product.url, people.secretary);
  const field = await openGrid(page);
  const old = number(await field.inputValue());
  await page.context().setOffline(true);
  await field.fill(String(old + 4));
  await field.blur();
  await state(page).filter({ hasText: /Mất mạng: đã giữ 1 ô trên máy này|Chưa gửi được: đã giữ 1 ô/ }).waitFor();
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("khuyenhoc:luoi:")));
  assert.equal(kept.length, 1);
  const answered = page.waitForResponse((response) => /\/o(\?|$)/.test(response.url()) && response.status() === 200);
  await page.context().setOffline(false);
  assert.equal((await (await answered).json()).cells[0].state, "saved");
  await state(page).filter({ hasText: /Đã lưu lúc/ }).waitFor();
  await page.reload({ waitUntil: "networkidle" });
  assert.equal(number(await (await openGrid(page)).inputValue()), old + 4);
  await typeAndSave(page, await openGrid(page), old);
});

test("The session ends while somebody types: signed in again in another tab, what was typed is sent by itself", async () => {
  await signIn(page, product.url, people.secretary);
  const field = await openGrid(page);
  const old = number(await field.inputValue());
  await page.context().clearCookies();
  await field.fill(String(old + 6));
  await field.blur();
  await state(page).filter({ hasText: "Phiên làm việc đã hết. Đã giữ 1 ô trên máy này" }).waitFor();
  assert.equal(number(await field.inputValue()), old + 6, "it stands where it was typed");
  const [again] = await Promise.all([page.context().waitForEvent("page"), state(page).getByRole("link", { name: "Đăng nhập lại" }).click()]);
  await again.getByLabel("Số điện thoại").fill(people.secretary.telephone);
  await again.getByLabel(/Mật khẩu/).fill(people.secretary.password);
  await Promise.all([again.waitForURL((url) => !/dang-nhap/.test(url.pathname)), again.getByRole("button", { name: "Đăng nhập" }).click()]);
  const answered = page.waitForResponse((response) => /\/o(\?|$)/.test(response.url()) && response.status() === 200);
  await again.close();
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  assert.equal((await (await answered).json()).cells[0].state, "saved");
  await state(page).filter({ hasText: /Đã lưu lúc/ }).waitFor();
  await typeAndSave(page, field, old);
});

test("Somebody else who signs in on the same machine sends nothing in the other's name", async () => {
  await signIn(page, product.url, people.secretary);
  const field = await openGrid(page);
  const old = number(await field.inputValue());
  await page.context().clearCookies();
  await field.fill(String(old + 9));
  await field.blur();
  await state(page).filter({ hasText: "Phiên làm việc đã hết" }).waitFor();
  const again = await page.context().newPage();
  await signIn(again, product.url, people.chairman);
  await again.close();
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await state(page).filter({ hasText: "Người đang đăng nhập là người khác" }).waitFor();
  assert.equal(number(await field.inputValue()), old + 9);
  const fresh = await openPage(browser, { base: product.url });
  await signIn(fresh, product.url, people.secretary);
  assert.equal(number(await (await openGrid(fresh)).inputValue()), old, "nothing was written");
  await closePage(fresh);
  await page.evaluate(() => localStorage.clear());
});

test("Two people in one commune see each other's saved figures without loading again", async () => {
  await signIn(page, product.url, people.secretary);
  const field = await openGrid(page);
  const old = number(await field.inputValue());
  const phone = await openPage(browser, { size: sizes.phone, base: product.url });
  await signIn(phone, product.url, people.branchHead);
  await phone.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  await typeAndSave(phone, members(phone), old + 3);
  await page.waitForFunction((value) => document.querySelector('tr[data-body] input[aria-label^="Chi hội Thôn 8, Hội viên – Cuối kỳ"]').value.replace(/\D/g, "") === value, String(old + 3), { timeout: 20_000 });
  assert.match(await field.getAttribute("title"), /ghi lúc/);
  // and back: the telephone sees what the commune saves
  await typeAndSave(page, field, old);
  await phone.waitForFunction((value) => [...document.querySelectorAll(".field")].find((box) => box.dataset.measure === "B01").querySelector("input").value.replace(/\D/g, "") === value, String(old), { timeout: 20_000 });
  await closePage(phone);
});

test("A branch's form from the Zalo link: a stranger fills it in on a telephone in three presses", async () => {
  const { message, address } = await makeLink("Chi hội Thôn 11");
  assert.match(message, /không cần mật khẩu/);
  const phone = await openInZalo(product.url);
  await phone.goto(address, { waitUntil: "networkidle" });
  assert.equal((await phone.context().cookies()).length, 0, "no cookie before a name is given");
  await phone.getByLabel("Họ và tên người ghi").fill("Nguyễn Văn Bình");
  await phone.getByRole("button", { name: "Bắt đầu ghi số liệu" }).click();
  await phone.locator("[data-progress]").waitFor();
  const cookies = await phone.context().cookies();
  assert.deepEqual(cookies.map(({ name, sameSite, httpOnly, path }) => [name.replace(/\d+/, "N"), sameSite, httpOnly, path]), [["ghi_N", "Lax", true, "/l/"]]);
  const text = await phone.locator("body").innerText();
  for (const { who } of Object.values(people)) assert.ok(!text.includes(who.split(",")[0].replace(/^(Ông|Bà) /, "")), "no names of persons");
  assert.equal(await phone.locator('a[download], a[href*="tep"], a[href*="xlsx"]').count(), 0, "no downloads");
  await noSidewaysScroll(phone);
  const inputs = phone.locator(".field .entry-line input");
  const count = await inputs.count();
  assert.ok(count >= 10);
  for (let i = 0; i < count; ++i) {
    assert.equal(await inputs.nth(i).getAttribute("inputmode"), "numeric");
    assert.ok((await inputs.nth(i).boundingBox()).height >= 48, "big enough for a thumb");
  }
  // what came and went adds up to what is there; everything else small
  const before = number((await phone.locator('.field[data-measure="B01"] .was').first().textContent()).match(/[\d.]+/)[0]);
  for (let i = 0; i < count; ++i) {
    const measure = await inputs.nth(i).evaluate((input) => input.closest(".field").dataset.measure);
    const was = await inputs.nth(i).evaluate((input) => input.closest(".field").querySelector(".was")?.textContent ?? "");
    const value = { B01: before + 1, B02: 3, B03: 2 }[measure] ?? number(was.match(/: ([\d.]+)/)?.[1] ?? "1");
    await inputs.nth(i).fill(String(value));
    await inputs.nth(i).press("Enter");
  }
  await state(phone).filter({ hasText: /Đã lưu lúc/ }).waitFor();
  assert.equal(await phone.locator("[data-filled]").textContent(), `${count}/${count} số`);
  assert.equal(await phone.locator("[data-progress]").evaluate((bar) => bar.value), count);
  await phone.getByRole("button", { name: "Xác nhận đã ghi đủ" }).click();
  await phone.getByText(/Đã xác nhận ghi đủ lúc/).waitFor();
  assert.equal(phone.downloads, 0);
  await closePage(phone);

  // the commune sees it: the figure, who filled it in, and the trail
  await signIn(page, product.url, people.secretary);
  await page.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  const inGrid = page.getByRole("textbox", { name: /^Chi hội Thôn 11, Hội viên – Cuối kỳ/ });
  assert.equal(number(await inGrid.inputValue()), before + 1);
  await page.getByRole("link", { name: "Đường dẫn điền phiếu qua Zalo" }).click();
  const row = page.locator("li", { hasText: "Chi hội Thôn 11" });
  assert.match(await row.innerText(), /Đã gửi lúc[\s\S]*Người ghi: Nguyễn Văn Bình/);
  const chairman = await openPage(browser, { base: product.url });
  await signIn(chairman, product.url, people.chairman);
  await chairman.goto("/nhat-ky");
  assert.match(await chairman.locator("main").innerText(), /Chi hội Thôn 11[\s\S]*qua đường dẫn, người ghi Nguyễn Văn Bình/);
  await closePage(chairman);
});

test("A link revoked while somebody types: the telephone keeps the figure, and the page says whom to call", async () => {
  const { address } = await makeLink("Chi hội Thôn 8");
  const phone = await openInZalo(product.url);
  await phone.goto(address);
  await phone.getByLabel("Họ và tên người ghi").fill("Nguyễn Văn Bình");
  await phone.getByRole("button", { name: "Bắt đầu ghi số liệu" }).click();
  await phone.locator("[data-progress]").waitFor();
  await signIn(page, product.url, people.secretary);
  await page.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  await page.getByRole("link", { name: "Đường dẫn điền phiếu qua Zalo" }).click();
  await page.locator("li", { hasText: "Chi hội Thôn 8" }).getByRole("button", { name: /Thu hồi đường dẫn/ }).click();
  await page.getByText("Đã thu hồi đường dẫn.").waitFor();
  const typed = number(await members(phone).inputValue()) + 5;
  await members(phone).fill(String(typed));
  await members(phone).blur();
  await state(phone).filter({ hasText: /đã được thu hồi[\s\S]*Đã giữ 1 số trên máy này/ }).waitFor();
  assert.equal(number(await members(phone).inputValue()), typed);
  assert.equal(await phone.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("khuyenhoc:lien-ket:")).length), 1);
  await phone.reload();
  assert.match(await phone.locator("main").innerText(), /đã được thu hồi[\s\S]*xin gọi Hội Khuyến học xã Ea Kar/);
  await closePage(phone);
});

test("The form behind a link works without script, too, and its pages fit both widths", async () => {
  const { address } = await makeLink("Chi hội Thôn 8");
  const plain = await openPage(browser, { size: sizes.phone, script: false, base: product.url });
  await plain.goto(address);
  await plain.getByRole("button", { name: "Bắt đầu ghi số liệu" }).click();
  assert.match(await plain.locator("main").innerText(), /Xin ghi họ và tên người ghi số liệu/);
  await plain.getByLabel("Họ và tên người ghi").fill("Trần Thị Hoa");
  await plain.getByRole("button", { name: "Bắt đầu ghi số liệu" }).click();
  const old = number(await members(plain).inputValue());
  await members(plain).fill("abc");
  await plain.getByRole("button", { name: "Xác nhận đã ghi đủ" }).click();
  assert.equal(await members(plain).inputValue(), "abc", "what was typed stands there still");
  await members(plain).fill(String(old));
  await plain.getByRole("button", { name: "Xác nhận đã ghi đủ" }).click();
  await plain.getByText(/Đã xác nhận ghi đủ lúc/).waitFor();
  await closePage(plain);
  await pictureAll(browser, "product-linked-form", async (on) => {
    await on.goto(address);
    await on.getByLabel("Họ và tên người ghi").fill("Trần Thị Hoa");
    await on.getByRole("button", { name: "Bắt đầu ghi số liệu" }).click();
    await on.locator("[data-progress], .reason").first().waitFor();
  }, { base: product.url });
  await page.goto("/l/khong-co");
  await accessible(page);
});

test("A report confirmed by somebody else while a figure is typed: refused at its cell, readable and copyable, over a reload, too", async () => {
  const phone = await openPage(browser, { size: sizes.phone, base: product.url });
  await signIn(phone, product.url, people.branchHead);
  await phone.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  const old = number(await members(phone).inputValue());
  const { address } = await makeLink("Chi hội Thôn 8");
  const plain = await openPage(browser, { size: sizes.phone, script: false, base: product.url });
  await plain.goto(address);
  await plain.getByLabel("Họ và tên người ghi").fill("Trần Thị Hoa");
  await plain.getByRole("button", { name: "Bắt đầu ghi số liệu" }).click();
  const send = plain.getByRole("button", { name: "Xác nhận đã ghi đủ" });
  if (await send.isVisible()) await send.click();
  await closePage(plain);
  await phone.evaluate(() => { for (const input of document.querySelectorAll("input[readonly]")) input.readOnly = false; });
  const answer = await typeAndSave(phone, members(phone), old + 8);
  assert.equal(answer.cells[0].state, "refused");
  assert.match(answer.cells[0].message, /đã gửi|đã xác nhận/i);
  assert.equal(number(await members(phone).inputValue()), old + 8, "what was typed stands there still");
  const kept = phone.locator(".kept.refused");
  assert.match(await kept.innerText(), new RegExp(`Tổng số hội viên[\\s\\S]*${old + 8}`));
  await kept.getByRole("button", { name: "Chép các số này" }).waitFor();
  await phone.reload({ waitUntil: "networkidle" });
  assert.match(await kept.innerText(), new RegExp(String(old + 8)));
  await kept.getByRole("button", { name: "Bỏ danh sách này" }).click();
  assert.equal(await kept.isVisible(), false);
  await closePage(phone);
});

test("Zeros into the blank cells: how many of whom is said first, and one press takes them back", async () => {
  await signIn(page, product.url, people.secretary);
  await page.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  await page.getByRole("link", { name: "Ghi 0 vào các ô còn trống" }).click();
  const told = await page.locator("form.form-column b").first().textContent();
  const cells = number(told.match(/vào (\d+) ô/)[1]);
  assert.ok(cells > 0, told);
  await page.getByRole("button", { name: "Ghi 0 vào các ô này" }).click();
  await page.getByText(new RegExp(`Đã ghi 0 vào ${cells} ô của \\d+ đơn vị\\.`)).first().waitFor();
  await page.getByRole("button", { name: "Hoàn tác" }).click();
  await page.getByText(new RegExp(`Đã hoàn tác: ${cells} ô để trống trở lại`)).waitFor();
});
