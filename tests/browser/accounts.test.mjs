// Accounts over time in the built product: a secretary's post goes to a successor with one confirmation and a slip, and somebody deputises until a day.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { accessible, closePage, noSidewaysScroll, openBrowser, openPage } from "./support/browser.mjs";
import { demoPeople, signIn, startProduct } from "./support/product.mjs";

let product, browser, people;
const opened = [];
const open = async () => { const page = await openPage(browser, { base: product.url }); opened.push(page); return page; };
const main = (page) => page.locator("main").textContent();
const submit = (page, name) => Promise.all([page.waitForNavigation(), page.getByRole("button", { name }).click()]);
const account = async (page, { who }) => {
  await page.goto("/tai-khoan");                    // a province has many: found as people find them
  await page.getByLabel("Tìm trong danh sách").fill(who.split(",")[0].replace(/^(Ông|Bà) /, ""));
  await page.getByRole("button", { name: "Tìm", exact: true }).click();
  await page.getByRole("link", { name: who.split(",")[0] }).first().click();
};

before(async () => {
  [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  people = await demoPeople(product.url);
});
after(async () => { await browser?.close(); await product?.stop(); });
afterEach(async () => { for (const page of opened.splice(0)) await closePage(page); assert.doesNotMatch(product.output(), /content security policy:/, "the browser reported a violation of the policy"); });

test("A deputy acts for somebody until the day, and not any more when it is ended", async () => {
  const page = await open();
  await signIn(page, product.url, people.province);
  await account(page, people.secretary);
  await page.getByRole("link", { name: "Ủy quyền làm thay" }).click();
  await page.getByLabel("Số điện thoại của người làm thay").fill(people.branchHead.telephone);
  await page.getByLabel(/^Đến hết ngày/).fill("07/6/2026");
  await submit(page, "Ghi việc ủy quyền");
  assert.equal(await page.getByLabel(/^Đến hết ngày/).getAttribute("aria-invalid"), "true", "a last day that is over is refused at its place");
  await page.getByLabel(/^Đến hết ngày/).fill("12/6/2026");
  await accessible(page);
  await submit(page, "Ghi việc ủy quyền");
  assert.match(await main(page), /làm thay .* đến hết 12\/6\/2026/);

  const deputy = await open();
  await signIn(deputy, product.url, people.branchHead);
  assert.match(await deputy.locator("header").first().textContent(), /xã Ea Kar/, "the unit of whoever is away can be chosen");
  await submit(page, "Kết thúc ngay");
  await deputy.goto("/");
  assert.doesNotMatch(await deputy.locator("header").first().textContent(), /Hội Khuyến học xã Ea Kar/);
});

test("A post is handed over with one confirmation: the successor comes in with the slip, the predecessor is told whom to ask", async () => {
  const page = await open();
  await signIn(page, product.url, people.province);
  await account(page, people.secretary);
  await page.getByRole("link", { name: "Bàn giao cho người kế nhiệm" }).click();
  await page.getByLabel(/^Số điện thoại/).fill(people.chairman.telephone);
  await submit(page, "Xem trước (chưa ghi)");
  assert.match(await main(page), /đã có tài khoản của/, "another's number is not taken silently");
  const telephone = "0987 654 321";
  await page.getByLabel(/^Số điện thoại/).fill(telephone);
  await page.getByLabel("Xưng hô").selectOption("Bà");
  await page.getByLabel(/^Họ và tên/).fill("Hồ Thị Mai");
  await submit(page, "Xem trước (chưa ghi)");
  assert.match(await main(page), /Chưa ghi gì[\s\S]*không đăng nhập được nữa[\s\S]*Bà Hồ Thị Mai/);
  await accessible(page);
  await submit(page, "Xác nhận bàn giao");
  await noSidewaysScroll(page);
  const code = (await page.locator("b.answer").textContent()).trim();
  assert.match(code, /^[A-Z0-9]{8}$/);
  assert.match(await main(page), /Hồ Thị Mai[\s\S]*Thư ký, Hội Khuyến học xã Ea Kar[\s\S]*15\/6\/2026/);

  const successor = await open();
  await signIn(successor, product.url, { telephone, password: code });
  assert.match(successor.url(), /doi-mat-khau/, "the code must be changed first");
  await successor.goto("/so-lieu");
  assert.match(successor.url(), /doi-mat-khau/);
  await successor.getByLabel(/^Mật khẩu đang dùng/).fill(code);
  await successor.getByLabel("Mật khẩu mới", { exact: true }).fill("trang sáng vườn chè");
  await successor.getByLabel("Ghi lại mật khẩu mới").fill("trang sáng vườn chè");
  await submit(successor, "Đổi mật khẩu");
  await successor.goto("/nhap-so-lieu");
  assert.match(await successor.locator("header").first().textContent(), /Hội Khuyến học xã Ea Kar[\s\S]*Thư ký/);

  const before = await open();
  await before.goto("/dang-nhap");
  await before.getByLabel("Số điện thoại").fill(people.secretary.telephone);
  await before.getByLabel(/Mật khẩu/).fill(people.secretary.password);
  await submit(before, "Đăng nhập");
  assert.match(await main(before), /liên hệ|hỏi|nhờ/);
  assert.match(await main(before), /Hội Khuyến học tỉnh Đắk Lắk/, "the office above is named");
});
