// The words of a report in the built product: typed, a figure inserted by name, saved by itself, two people at once, the network gone, without script, on a phone.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { accessible, closePage, noSidewaysScroll, openBrowser, openPage, pictureAll, sizes } from "./support/browser.mjs";
import { demoPeople, signIn, startProduct } from "./support/product.mjs";

let product, browser, people, page, texts;
const editor = (on, name) => on.getByRole("textbox", { name });
const block = (on, code) => on.locator(`#${code}`);
const state = (on, code) => block(on, code).locator("[data-save-state]");
const saved = (on, code) => state(on, code).filter({ hasText: /Đã lưu lúc/ }).waitFor();
const empty = async (on, name) => { await editor(on, name).click(); await on.keyboard.press("Control+a"); await on.keyboard.press("Delete"); };

// The report of xã Ea Kar in the half-year round of the province, which is opened where nobody has.
async function addressOfTexts() {
  const province = await openPage(browser, { base: product.url });
  await signIn(province, product.url, people.province);
  await province.goto("/dot-bao-cao");
  const round = province.getByRole("link", { name: /6 tháng đầu năm 2026/ }).first();
  if (await round.count() === 0) {
    await province.goto("/dot-bao-cao/moi");
    await province.getByRole("button", { name: "Xem trước (chưa mở)" }).click();
    await province.getByRole("button", { name: "Mở đợt báo cáo" }).click();
  } else {
    await round.click();
  }
  await closePage(province);
  const secretary = await openPage(browser, { base: product.url });
  await signIn(secretary, product.url, people.secretary);
  await secretary.goto("/dot-bao-cao");
  await secretary.getByRole("link", { name: /6 tháng đầu năm 2026/ }).first().click();
  for (const link of await secretary.locator("a").evaluateAll((all) => all.map((one) => one.getAttribute("href")))) {
    const found = /^\/bao-cao-ky\/\d+/.exec(link ?? "");
    if (found) { await closePage(secretary); return `${found[0]}/loi-van`; }
  }
  const own = await secretary.locator("a").evaluateAll((all) => all.map((one) => one.getAttribute("href")).find((href) => /\/don-vi\/\d+$/.test(href ?? "")));
  await secretary.goto(own);
  const report = await secretary.getByRole("link", { name: /Mở báo cáo/ }).getAttribute("href");
  await closePage(secretary);
  return `${report}/loi-van`;
}

before(async () => {
  [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  people = await demoPeople(product.url);
  texts = await addressOfTexts();
});
after(async () => { await browser?.close(); await product?.stop(); });
beforeEach(async () => { page = await openPage(browser, { base: product.url }); });
afterEach(async () => { await closePage(page); assert.doesNotMatch(product.output(), /content security policy:/); });

test("What is typed is saved by itself, a figure is inserted by its name, and the text reads as in the report", async () => {
  await signIn(page, product.url, people.secretary);
  await page.goto(texts);
  await editor(page, "1. Ưu điểm").click();
  await page.keyboard.type("Toàn xã có ");
  await block(page, "uu_diem").getByRole("button", { name: "Chèn số liệu" }).click();
  await page.getByLabel("Tìm số liệu để chèn").fill("hoi vien cuoi ky");
  const value = await block(page, "uu_diem").locator(".insert-list button b").first().textContent();
  await page.keyboard.press("Enter");
  await page.keyboard.type(" hội viên, ");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("rất đáng mừng");
  await page.keyboard.press("Control+b");
  await page.keyboard.press("Enter");
  await page.keyboard.type("- Vận động quỹ");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Trao học bổng");
  await saved(page, "uu_diem");
  assert.match(value, /^[\d.]+$/, "a figure as people write it");
  assert.equal(await block(page, "uu_diem").locator(".live-figure").textContent(), value);
  await page.waitForTimeout(1500);
  await page.reload();
  assert.equal(await editor(page, "1. Ưu điểm").locator("li").count(), 2, "the dash began a list");
  assert.equal(await editor(page, "1. Ưu điểm").locator("strong").textContent(), "rất đáng mừng");
  await block(page, "uu_diem").getByText("Đọc như trong báo cáo").click();
  const read = block(page, "uu_diem").locator("[data-shown]");
  assert.match(await read.innerText(), new RegExp(`Toàn xã có ${value} hội viên, rất đáng mừng`));
  assert.match(await read.locator("a").first().getAttribute("href"), /^\/so-lieu\/\d+\?ct=B01/, "it leads to what it is made of");
  assert.equal(await editor(page, "2. Hạn chế").innerText().then((text) => text.trim()), "", "no other part is touched");
});

test("A comparison writes itself at the press of one button", async () => {
  await signIn(page, product.url, people.secretary);
  await page.goto(texts);
  await empty(page, "2. Hạn chế");
  await block(page, "han_che").getByRole("button", { name: "Chèn câu so sánh" }).click();
  await page.getByLabel("Tìm câu so sánh để chèn").fill("hội viên cuối kỳ");
  await block(page, "han_che").locator(".insert-list button b").first().waitFor();
  await page.keyboard.press("Enter");
  await saved(page, "han_che");
  assert.match(await editor(page, "2. Hạn chế").innerText(), /^[\d.]+ hội viên, (tăng|giảm|không thay đổi).* so với cùng kỳ năm 2025/);
});

test("Two people in one part: both texts are seen, and whoever is second decides", async () => {
  const second = await openPage(browser, { base: product.url });
  await signIn(page, product.url, people.secretary);
  await signIn(second, product.url, people.chairman);
  await Promise.all([page.goto(texts), second.goto(texts)]);
  await editor(page, "3. Nguyên nhân").click();
  await page.keyboard.type("Bài của bà thư ký");
  await saved(page, "nguyen_nhan");
  await editor(second, "3. Nguyên nhân").click();
  await second.keyboard.type("Bài của ông chủ tịch");
  const choice = block(second, "nguyen_nhan").getByRole("alert");
  await choice.waitFor();
  assert.match(await choice.innerText(), /vừa ghi phần này[\s\S]*Bài của bà thư ký/);
  assert.match(await editor(second, "3. Nguyên nhân").innerText(), /Bài của ông chủ tịch/, "nothing typed is gone");
  await accessible(second);
  await choice.getByRole("button", { name: "Ghi cả hai, bài của tôi ở dưới" }).click();
  await saved(second, "nguyen_nhan");
  await page.reload();
  assert.match(await editor(page, "3. Nguyên nhân").innerText(), /Bài của bà thư ký\s+Bài của ông chủ tịch/);

  await editor(second, "3. Nguyên nhân").click();
  await second.keyboard.press("Control+End");
  await second.keyboard.type(", viết thêm");
  await saved(second, "nguyen_nhan");
  await second.waitForTimeout(1500);
  await editor(page, "3. Nguyên nhân").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("; của thư ký");
  const again = block(page, "nguyen_nhan").getByRole("alert");
  await again.getByRole("button", { name: "Giữ bài đã ghi" }).click();
  await page.waitForFunction(() => /viết thêm/.test(document.querySelector("#nguyen_nhan .ProseMirror").textContent));
  await page.goto(`${texts}/nguyen_nhan/cac-ban`);
  assert.match(await page.locator(".history").innerText(), /để riêng[\s\S]*của thư ký/, "what was given up can be had again");
  await closePage(second);
});

test("The network is gone while saving: the text stays on this device and goes later, also after a reload", async () => {
  await signIn(page, product.url, people.secretary);
  await page.goto(texts);
  await empty(page, "Tình hình chung");
  await page.context().setOffline(true);
  await page.keyboard.type("Viết khi mất mạng");
  await state(page, "tinh_hinh").filter({ hasText: /Mất mạng: bài đã giữ trên máy này/ }).waitFor();
  await page.context().setOffline(false);
  await saved(page, "tinh_hinh");
  await page.route("**/luu", (route) => route.abort());
  await editor(page, "Tình hình chung").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(", rồi tắt máy");
  await state(page, "tinh_hinh").filter({ hasText: /giữ trên máy này/ }).waitFor();
  await page.unroute("**/luu");
  await page.reload();
  await saved(page, "tinh_hinh");
  assert.match(await editor(page, "Tình hình chung").innerText(), /Viết khi mất mạng, rồi tắt máy/);
});

test("The session has ended while typing: the text is kept, and saved once signed in again", async () => {
  await signIn(page, product.url, people.secretary);
  await page.goto(texts);
  await empty(page, "Đề xuất, kiến nghị");
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.keyboard.type("Đề nghị tỉnh hỗ trợ");
  await state(page, "kien_nghi").filter({ hasText: /Phiên làm việc đã hết/ }).waitFor();
  await page.context().addCookies(cookies);
  await page.reload();
  await saved(page, "kien_nghi");
  assert.match(await editor(page, "Đề xuất, kiến nghị").innerText(), /Đề nghị tỉnh hỗ trợ/);
});

test("Without a script a part is a plain field with its own button", async () => {
  const plain = await openPage(browser, { base: product.url, script: false });
  await signIn(plain, product.url, people.secretary);
  await plain.goto(texts);
  const part = block(plain, "phuong_huong");
  await part.getByRole("textbox").fill("1. Củng cố tổ chức\n2. {{B1O}}");
  await part.getByRole("button", { name: "Ghi phần này" }).click();
  assert.match(await plain.locator("body").innerText(), /Đã lưu lúc[\s\S]*Còn \d+ chỗ cần sửa trước khi ký[\s\S]*Mẫu báo cáo này không có số liệu “B1O”/);
  assert.equal(await block(plain, "phuong_huong").getByRole("textbox").inputValue(), "1. Củng cố tổ chức\n2. {{B1O}}");
  await block(plain, "phuong_huong").getByRole("textbox").fill("1. Củng cố tổ chức");
  await block(plain, "phuong_huong").getByRole("button", { name: "Ghi phần này" }).click();
  await plain.context().close();
});

test("The tools are reached by keyboard alone, and by a thumb at 360 px", async () => {
  await signIn(page, product.url, people.secretary);
  await page.goto(texts);
  const tools = block(page, "uu_diem").getByRole("toolbar");
  await tools.getByRole("button", { name: "Đậm" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.tool), "em", "one tab stop, arrows walk in it");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "textbox", "the next stop is the text");
  const phone = await openPage(browser, { size: sizes.phone, base: product.url });
  await signIn(phone, product.url, people.secretary);
  await phone.goto(texts);
  await editor(phone, "1. Ưu điểm").waitFor();
  await noSidewaysScroll(phone);
  await block(phone, "uu_diem").getByRole("button", { name: "Chèn số liệu" }).tap();
  await block(phone, "uu_diem").locator(".insert-list button").first().waitFor();
  await noSidewaysScroll(phone);
  await accessible(phone);
  await closePage(phone);
});

test("The page is pictured in both widths, light, dark and large", async () => {
  await pictureAll(browser, "report-texts", async (on) => {
    await signIn(on, product.url, people.secretary);
    await on.goto(texts);
    await editor(on, "1. Ưu điểm").waitFor();
  }, { base: product.url });
});
