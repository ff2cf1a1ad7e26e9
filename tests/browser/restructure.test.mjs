// Sắp xếp đơn vị in the built product: two communes' branches become one, from an empty draft to the papers and back again, by keyboard and mouse, with and without script.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { accessible, closePage, noSidewaysScroll, openBrowser, openPage, sizes } from "./support/browser.mjs";
import { demoPeople, signIn, startProduct } from "./support/product.mjs";

let product, browser, people, page;
const h1 = (on = page) => on.locator("h1").first().textContent();
const said = (on = page) => on.locator(".notice.good").first().textContent();
const main = (on = page) => on.locator("main").textContent();

// Two communes of the province with their branches, as the explorer names them.
const communes = async () => {
  await page.goto("/to-chuc");
  const names = await page.locator("main .tree a", { hasText: /^Hội Khuyến học xã / }).allTextContents();
  assert.ok(names.length > 3, "the demo province has communes");
  return names.slice(0, 2).map((name) => name.trim());
};
const choose = async (name) => {
  await page.getByLabel("Tìm tổ chức").fill(name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D"));
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: `Chọn ${name}`, exact: true }).first().click();
  await page.locator("#bodies").getByText(name, { exact: false }).first().waitFor();
};

before(async () => {
  [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  people = await demoPeople(product.url);
});
after(async () => { await browser?.close(); await product?.stop(); });
beforeEach(async () => { page = await openPage(browser, { base: product.url }); });
afterEach(async () => { await closePage(page); assert.doesNotMatch(product.output(), /content security policy:/, "the browser reported a violation of the policy"); });

test("Two communes become one: draft, both trees, preview, papers, and everything as before again", async () => {
  await signIn(page, product.url, people.province);
  const [first, second] = await communes();
  await page.getByRole("link", { name: "Sắp xếp đơn vị" }).first().click();
  assert.equal(await h1(), "Sắp xếp đơn vị");
  await page.getByRole("button", { name: "Lập đợt sắp xếp mới" }).click();
  const draft = page.url();

  await page.getByRole("button", { name: "Hợp nhất" }).click();
  await page.getByRole("button", { name: "Ghi vào bản nháp" }).click();
  assert.match(await page.locator(".notice.bad").textContent(), /ít nhất hai tổ chức/);
  await choose(first);
  await choose(second);
  assert.match(await page.getByLabel("Tên đầy đủ").inputValue(), /^Hội Khuyến học xã /, "the name is proposed from the unit");
  await page.getByLabel("Tên đầy đủ").fill("Hội Khuyến học xã Thử Nghiệm");
  await accessible(page);
  await page.getByRole("button", { name: "Ghi vào bản nháp" }).click();
  assert.match(await said(), /Đã ghi vào bản nháp/);
  assert.match(await page.locator(".side-by-side").textContent(), /Hiện nay[\s\S]*kết thúc[\s\S]*Sau khi sắp xếp[\s\S]*Thử Nghiệm/);

  await page.getByLabel(/Tên đợt sắp xếp/).fill("Hợp nhất hai Hội Khuyến học cấp xã");
  await page.getByLabel(/Có hiệu lực từ ngày/).fill("31/02/2026");
  await page.getByRole("button", { name: "Xem trước (chưa ghi)" }).click();
  assert.equal(await page.getByLabel(/Có hiệu lực từ ngày/).getAttribute("aria-invalid"), "true");
  assert.equal(await page.getByLabel(/Tên đợt sắp xếp/).inputValue(), "Hợp nhất hai Hội Khuyến học cấp xã", "what was typed stays");
  await page.getByLabel(/Có hiệu lực từ ngày/).fill("01/6/2026");
  await page.getByRole("button", { name: "Lưu bản nháp" }).click();

  // left and taken up again
  await page.goto("/sap-xep");
  await page.getByRole("link", { name: "Hợp nhất hai Hội Khuyến học cấp xã" }).click();
  await page.getByRole("button", { name: "Xem trước (chưa ghi)" }).click();
  assert.equal(await h1(), "Xem trước (chưa ghi)");
  assert.match(await main(), /Kết thúc, nhập vào/);
  assert.match(await main(), /trước và sau bằng nhau/);
  assert.match(await main(), /Xin ghi số quyết định/);
  assert.equal(await page.getByRole("button", { name: "Thực hiện đợt sắp xếp" }).count(), 0, "not before the decision is signed");
  const unsigned = await page.request.get(await page.getByRole("link", { name: "Dự thảo quyết định" }).getAttribute("href"));
  assert.equal((await unsigned.body()).subarray(0, 2).toString(), "PK");
  await accessible(page);

  await page.goto(draft);
  await page.getByLabel("Số quyết định").fill("15/QĐ-HKH");
  await page.getByLabel("Ngày ký quyết định").fill("20/5/2026");
  await page.getByRole("button", { name: "Xem trước (chưa ghi)" }).click();
  const posts = page.locator("#chuc-vu");
  if (await posts.count()) {
    await posts.locator("select[name^=post-]").first().selectOption({ index: 1 });
    await posts.getByRole("button", { name: "Lưu nơi nhận chức vụ" }).click();
    assert.match(await said(), /chức vụ chuyển sang đơn vị kế thừa/);
  }
  await page.getByRole("button", { name: "Thực hiện đợt sắp xếp" }).click();
  assert.match(await said(), /Đã thực hiện đợt sắp xếp/);
  const result = page.url();
  assert.match(await main(), /Quyết định số 15\/QĐ-HKH/);
  for (const name of ["Quyết định (Word)", "Biên bản bàn giao chung (Word)"]) {
    const file = await page.request.get(await page.getByRole("link", { name }).getAttribute("href"));
    assert.equal(file.status(), 200);
    assert.equal((await file.body()).subarray(0, 2).toString(), "PK", name);
  }
  await accessible(page);
  await page.goto("/to-chuc");
  assert.match(await main(), /Hội Khuyến học xã Thử Nghiệm/);
  await page.getByRole("link", { name: "Hội Khuyến học xã Thử Nghiệm" }).first().click();
  await page.getByRole("link", { name: "Tên gọi và sắp xếp qua các thời kỳ" }).click();
  await page.getByRole("link", { name: /Trước và sau sắp xếp/ }).click();
  assert.match(await main(), new RegExp(first));
  await accessible(page);

  await page.goto(result);
  await page.getByRole("link", { name: "Khôi phục như cũ" }).click();
  assert.match(await main(), /2 tổ chức đã kết thúc hoạt động trở lại/);
  await page.getByRole("button", { name: "Khôi phục như cũ" }).click();
  assert.match(await said(), /Đã khôi phục như cũ/);
  await page.goto("/to-chuc");
  const now = await main();
  assert.doesNotMatch(now, /Thử Nghiệm/);
  assert.ok(now.includes(first) && now.includes(second));
});

test("The same without script, and on a telephone nothing scrolls sideways", async () => {
  const plain = await openPage(browser, { base: product.url, script: false });
  try {
    await signIn(plain, product.url, people.province);
    await plain.goto("/sap-xep");
    await plain.getByRole("button", { name: "Lập đợt sắp xếp mới" }).click();
    await plain.getByRole("button", { name: "Đổi tên" }).click();
    await plain.getByLabel("Tìm tổ chức").fill("dai hoc");
    await plain.getByRole("button", { name: "Tìm", exact: true }).last().click();
    await plain.getByRole("button", { name: /^Chọn Hội Khuyến học/ }).first().click();
    assert.match(await plain.getByLabel("Tên đầy đủ").inputValue(), /Hội Khuyến học/);
    await plain.getByRole("button", { name: "Ghi vào bản nháp" }).click();
    assert.match(await said(plain), /Đã ghi vào bản nháp: Đổi tên/);
  } finally { await closePage(plain); }
  await signIn(page, product.url, people.province);
  await page.setViewportSize(sizes.phone);
  for (const address of ["/sap-xep", "/muc-khac"]) {
    await page.goto(address);
    await noSidewaysScroll(page);
  }
  await page.goto("/sap-xep");
  await page.locator("table a").first().click();
  await noSidewaysScroll(page);
});
