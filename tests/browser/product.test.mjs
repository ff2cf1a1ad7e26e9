// The built product as its users meet it, with the demo world: signing in, looking, changing the territory, reading reports. Typing is in product_entry.test.mjs.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { accessible, closePage, noSidewaysScroll, openBrowser, openPage, pictureAll, sizes, withinBudget } from "./support/browser.mjs";
import { demoPeople, signIn, startProduct } from "./support/product.mjs";

let product, browser, people, page;
const number = (text) => Number(text.replace(/[^\d]/g, ""));
const total = async (on = page) => number((await on.locator(".answer").textContent()).match(/có ([\d.]+) hội viên/)[1]);
const h1 = (on = page) => on.locator("h1").first().textContent();
const menu = (name, on = page) => on.locator("nav.side, .side").getByRole("link", { name }).first().click();

before(async () => {
  [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  people = await demoPeople(product.url);
});
after(async () => { await browser?.close(); await product?.stop(); });
beforeEach(async () => { page = await openPage(browser, { base: product.url }); });
afterEach(async () => { await closePage(page); assert.doesNotMatch(product.output(), /content security policy:/, "the browser reported a violation of the policy"); });

test("Signing in: a wrong password is said in words and loses nothing, the right one leads home", async () => {
  await page.goto("/so-lieu");
  assert.match(page.url(), /\/dang-nhap\?ve=/, "whoever is not signed in is asked to, and led back afterwards");
  await page.getByLabel("Số điện thoại").fill("0900 000 201");
  await page.getByLabel(/Mật khẩu/).fill("sai-mat-khau-1");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.getByText("Số điện thoại hoặc mật khẩu chưa đúng").first().waitFor();
  assert.equal(await page.getByLabel("Số điện thoại").inputValue().then(number), 900000201);
  assert.equal(await page.getByLabel(/Mật khẩu/).inputValue(), "", "a password is never sent back");
  await accessible(page);
  await page.getByLabel(/Mật khẩu/).fill(people.province.password);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.waitForURL("**/so-lieu");
  assert.match(await page.locator(".answer").textContent(), /Toàn tỉnh có/);
});

test("Home says what is due, with the next step as a button", async () => {
  await signIn(page, product.url, people.secretary);
  assert.equal(await h1(), "Việc cần làm");
  await page.getByRole("heading", { name: "Đến hạn" }).waitFor();
  const next = page.locator("main .btn-primary").first();
  assert.match(await next.textContent(), /Mở báo cáo|Nhập (tiếp )?số liệu/);
  await next.click();
  assert.match(await h1(), /6 tháng đầu năm 2026/);
});

test("The board answers in a sentence; every figure opens into what it is made of", async () => {
  await signIn(page, product.url, people.province);
  await menu("Số liệu");
  const whole = await total();
  assert.match(await page.locator(".answer").textContent(), /Toàn tỉnh có [\d.]+ hội viên, chiếm \d+,\d% dân số, (tăng|giảm) [\d.]+ hội viên \(\d+,\d%\) so với cùng kỳ năm 2025 \(quy về địa giới hiện nay\)/);
  await page.locator("a.figure").first().click();
  assert.match(await page.title(), /gồm những gì/);
  assert.ok((await page.locator("main").textContent()).includes(whole.toLocaleString("vi-VN")), "what it is made of adds up to the figure");
  await page.goBack();
  await page.locator("table").getByRole("link", { name: /^(Xã|Phường) / }).first().click();
  assert.match(await page.locator(".answer").textContent(), /^Toàn (xã|phường) có/);
  const file = await page.request.get(await page.getByRole("link", { name: "Tải về Excel" }).getAttribute("href"));
  assert.equal(file.status(), 200);
  assert.match(file.headers()["content-type"], /spreadsheetml/);
  assert.equal((await file.body()).subarray(0, 2).toString(), "PK");
  const closed = page.getByRole("link", { name: "Số đã chốt" });
  await closed.click();
  assert.doesNotMatch(await page.locator("main").textContent(), /không xác định/);
});

test("In the old territory the same people are counted, and one click leads back", async () => {
  await signIn(page, product.url, people.centre);
  await page.goto("/so-lieu?ky=2025-H1");
  const now = await total();
  await page.getByRole("link", { name: /Xem theo địa giới cũ/ }).click();
  await page.goto("/so-lieu?ky=2025-H1");
  assert.match(await page.locator(".territory-bar").textContent(), /Địa giới cũ/);
  assert.equal(await total(), now, "the national total is the same number in both trees");
  await accessible(page);
  await page.getByRole("link", { name: "Về địa giới hiện nay" }).click();
  assert.equal(await page.locator(".territory-bar").count(), 0);
});

test("The explorer finds bodies without accents and shows only what is one's own", async () => {
  await signIn(page, product.url, people.secretary);
  await menu("Tổ chức Hội");
  await page.getByRole("searchbox").first().fill("thon 8");
  await page.getByRole("searchbox").first().press("Enter");
  await page.getByRole("link", { name: "Chi hội Thôn 8" }).first().click();
  assert.match(await h1(), /Chi hội Thôn 8/);
  await accessible(page);
  await page.goto("/to-chuc/tim?q=hung+yen");
  assert.doesNotMatch(await page.locator("main").textContent(), /Hội Khuyến học tỉnh Hưng Yên/);
  const theirs = await openPage(browser, { base: product.url });
  await signIn(theirs, product.url, people.elsewhere);
  const path = await theirs.goto("/so-lieu").then(() => theirs.locator("a.figure").first().getAttribute("href"));
  await closePage(theirs);
  const outside = await page.goto(path);
  assert.equal(outside.status(), 404);
  assert.match(await page.locator("main").textContent(), /nằm ngoài phạm vi đơn vị/);
});

test("The half-year report stands as it will be signed, and downloads as Word and PDF", async () => {
  await signIn(page, product.url, people.province);
  await menu("Báo cáo");
  await page.getByRole("link", { name: /6 tháng đầu năm 2026/ }).first().click();
  const text = await page.locator("main").textContent();
  for (const part of ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK", "BÁO CÁO", "Số liệu cùng kỳ năm 2025 được tổng hợp theo địa giới hành chính mới", "Nơi nhận"]) assert.ok(text.includes(part), `the report lacks “${part}”`);
  await accessible(page);
  for (const [name, kind] of [[/Word/, /wordprocessingml/], [/PDF/, /pdf/]]) {
    const file = await page.request.get(await page.locator("main").getByRole("link", { name }).first().getAttribute("href"));
    assert.equal(file.status(), 200);
    assert.match(file.headers()["content-type"], kind);
  }
});

test("The trail tells who signed in, and says what its seals prove", async () => {
  await signIn(page, product.url, people.province);
  await page.goto("/nhat-ky");
  assert.match(await page.locator("main").textContent(), /Đã niêm phong [\d.]+ trên [\d.]+ dòng nhật ký/);
  assert.match(await page.locator("main").textContent(), /Đăng nhập/);
});

test("Large type and English stay chosen from page to page", async () => {
  await signIn(page, product.url, people.secretary);
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  const normal = await size();
  await page.getByRole("button", { name: "Chữ to" }).click();
  await menu("Số liệu");
  assert.ok(await size() > normal * 1.15, "22 px instead of 18");
  await noSidewaysScroll(page);
  await page.getByRole("button", { name: "Chữ thường" }).click();
  await page.locator(".topbar summary").last().click();
  await page.locator(".topbar").getByRole("button", { name: "English" }).click();
  try {
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    for (const path of ["/", "/so-lieu", "/to-chuc", "/nhap-so-lieu", "/bao-cao", "/muc-khac", "/tai-khoan", "/khong-co"]) {
      await page.goto(path);
      const main = await page.locator("main").evaluate((element) => { const copy = element.cloneNode(true); for (const kept of copy.querySelectorAll('[lang="vi"]')) kept.remove(); return copy.textContent; });
      for (const left of ["Việc cần làm", "Đến hạn", "Chờ chi hội", "Số tạm tính", "Theo đơn vị", "Xem tất cả", "Tải về", "chưa báo cáo", "Tìm tổ chức", "Tình trạng", "Ghi số liệu", "so với", "cùng kỳ", "không có", "Chưa khớp", "Kỳ trước", "đang ghi"]) assert.ok(!main.includes(left), `${path} still says “${left}” in English`);
      await accessible(page, `${path} in English`);
    }
    // what a script says, and what the server refuses inside a write, are in English too
    await page.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
    const wide = await page.locator(".grid-wrap").evaluate((wrap) => wrap.scrollWidth - wrap.clientWidth);
    assert.ok(wide <= 0, `the checks of the English grid stand ${wide} px beyond the page`);
    const row = page.locator("tr[data-body]:not([hidden])").first();
    const field = row.locator('input[inputmode="numeric"]').first();
    await field.fill("-4");
    await field.press("Enter");
    await page.locator("[data-save-state]").filter({ hasText: /^\s*Saved at .*, 1 cell to look at again$/ }).waitFor();
    assert.match(await row.locator("[data-note]").textContent(), /Not saved.*A figure cannot be negative/s);
  } finally {
    await page.goto("/");
    await page.locator(".topbar summary").last().click();
    await page.locator(".topbar").getByRole("button", { name: "Tiếng Việt" }).click();
  }
  assert.equal(await page.locator("html").getAttribute("lang"), "vi");
});

test("With the keyboard alone: signing in, past the navigation to the content, to the board and down to a commune", async () => {
  await page.goto("/dang-nhap");
  const focused = () => page.evaluate(() => ({ text: document.activeElement?.textContent?.trim() ?? "", name: document.activeElement?.getAttribute("name"), ring: getComputedStyle(document.activeElement).outlineStyle, href: document.activeElement?.getAttribute("href") }));
  const tabTo = async (wanted, most = 90) => { for (let i = 0; i < most; ++i) { await page.keyboard.press("Tab"); const at = await focused(); if (wanted(at)) return at; } assert.fail(`no tab stop fits ${wanted}`); };
  await tabTo(({ name }) => name === "telephone");
  await page.keyboard.type(people.province.telephone);
  await page.keyboard.press("Tab");
  await page.keyboard.type(people.province.password);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");
  assert.equal((await tabTo(({ href }) => href === "#noi-dung", 1)).href, "#noi-dung", "the first stop skips the navigation");
  const stop = await tabTo(({ text }) => text === "Số liệu");
  assert.notEqual(stop.ring, "none", "the focus is to be seen");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/so-lieu");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await tabTo(({ href, text }) => /^\/so-lieu\/\d+$/.test(href ?? "") && /^(Xã|Phường)/.test(text));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/so-lieu\/\d+$/);
  assert.match(await page.locator(".answer").textContent(), /^Toàn (xã|phường) có/);
});

test("Without script everything can be read and searched", async () => {
  const plain = await openPage(browser, { script: false, base: product.url });
  await signIn(plain, product.url, people.secretary);
  assert.equal(await h1(plain), "Việc cần làm");
  await menu("Số liệu", plain);
  assert.match(await plain.locator(".answer").textContent(), /Toàn xã có/);
  assert.ok(await plain.locator("table tbody tr").count() > 5, "the figures of the chart stand in a table");
  await plain.goto("/to-chuc/tim?q=nguyen");
  assert.ok(await plain.locator("main a").count() > 0);
  await menu("Báo cáo", plain);
  assert.ok(await plain.getByRole("link", { name: "Word" }).count() > 0);
  await plain.locator(".topbar summary").first().click();
  await closePage(plain);
});

test("Pages stay light", async (t) => {
  const signedIn = await openPage(browser, { base: product.url });
  await signIn(signedIn, product.url, people.province);
  const cookies = await signedIn.context().cookies();
  await closePage(signedIn);
  const withSession = { newContext: async (options) => { const context = await browser.newContext(options); await context.addCookies(cookies); return context; } };
  for (const path of ["/dang-nhap", "/", "/so-lieu", "/to-chuc", "/bao-cao", "/nhat-ky"]) {
    const weight = await withinBudget(withSession, `${product.url}${path}`);
    t.diagnostic(`${path}: ${Math.round(weight.core / 1024)} KB, charts ${Math.round(weight.charts / 1024)} KB, fonts ${Math.round(weight.fonts / 1024)} KB`);
  }
});

test("What does not exist is said in words, in the frame of the product", async () => {
  await signIn(page, product.url, people.secretary);
  for (const path of ["/khong-co", "/so-lieu/99999999", "/to-chuc/99999999"]) {
    const answer = await page.goto(path);
    assert.equal(answer.status(), 404);
    assert.match(await page.locator("main").textContent(), /không có/);
    assert.ok(await page.getByRole("link").count() > 0, "with a way on");
  }
});

// Signed in once a person: what is pictured is the page, not the way to it.
const sessions = new Map();
async function asPerson(on, who) {
  if (!sessions.has(who)) {
    const first = await openPage(browser, { base: product.url });
    await signIn(first, product.url, people[who]);
    sessions.set(who, await first.context().cookies());
    await closePage(first);
  }
  await on.context().addCookies(sessions.get(who));
}

const shapes = [
  ["sign-in", undefined, "/dang-nhap"],
  ["home", "secretary", "/"],
  ["home-province", "province", "/"],
  ["board", "province", "/so-lieu"],
  ["board-of-commune", "secretary", "/so-lieu"],
  ["drill-down", "secretary", (on) => on.goto("/so-lieu").then(async () => { await on.locator("a.figure").first().click(); })],
  ["explorer", "province", "/to-chuc"],
  ["search", "province", "/to-chuc/tim?q=thon+8"],
  ["body", "secretary", (on) => on.goto("/to-chuc/tim?q=thon+8").then(async () => { await on.getByRole("link", { name: "Chi hội Thôn 8" }).first().click(); })],
  ["reports", "province", "/bao-cao"],
  ["accounts", "secretary", "/tai-khoan"],
  ["trail", "province", "/nhat-ky"],
  ["more", "secretary", "/muc-khac"],
  ["not-found", "secretary", "/so-lieu/99999999"],
];
for (const [name, who, where] of shapes)
  test(`${name} at both widths, light, dark and large`, async () => {
    await pictureAll(browser, `product-${name}`, async (on) => {
      if (who) await asPerson(on, who);
      await (typeof where === "string" ? on.goto(where, { waitUntil: "networkidle" }) : where(on));
      await on.waitForLoadState("networkidle");
    }, { base: product.url });
  });

test("The report at both widths, and the old territory", async () => {
  for (const [name, path] of [["report", "/bao-cao"], ["board-old", "/so-lieu?ngay=2025-06-30"]])
    await pictureAll(browser, `product-${name}`, async (on) => {
      await asPerson(on, "province");
      await on.goto(path, { waitUntil: "networkidle" });
      if (name === "report") await on.getByRole("link", { name: /6 tháng đầu năm 2026/ }).first().click();
      await on.waitForLoadState("networkidle");
    }, { base: product.url });
});
