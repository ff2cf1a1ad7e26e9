// Entering figures beside the grid itself (product_entry.test.mjs): a branch that sends, refused cells without script, the workbook, the round.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { accessible, closePage, noSidewaysScroll, openBrowser, openPage, pictureAll, sizes } from "./support/browser.mjs";
import { signIn, startProduct } from "./support/product.mjs";

const secretary = { telephone: "0900000101", password: "khuyenhoc2026" };
const head = { telephone: "0900000103", password: "khuyenhoc2026" };
const province = { telephone: "0900000201", password: "khuyenhoc2026" };
let product, browser, scratch;
before(async () => { product = await startProduct(); browser = await openBrowser(); scratch = await mkdtemp(path.join(tmpdir(), "khuyenhoc-entry-")); }, { timeout: 240_000 });
after(async () => { await browser?.close(); await product?.stop(); if (scratch) await rm(scratch, { recursive: true, force: true }); });

async function visitor(who, options = {}) {
  const page = await openPage(browser, { base: product.url, ...options });
  await signIn(page, product.url, who);
  return page;
}
// the village of old Cư Huê: others share its name
const dropouts = (page) => page.locator("tr[data-body]:not([hidden])", { has: page.locator("th", { hasText: /^Chi hội Buôn Trinh/ }) }).locator('td[data-measure="E08"] input');

test("A branch head sends from a phone", async () => {
  const page = await visitor(head, { size: sizes.phone });
  await page.goto("/nhap-so-lieu");
  await page.waitForLoadState("networkidle");
  await noSidewaysScroll(page);
  await accessible(page);
  const income = page.locator('.field[data-measure="D02"]');
  await income.locator("#so-D02").fill("6500000");
  assert.equal(await income.locator("[data-words]").textContent(), "Đọc là: sáu triệu năm trăm nghìn đồng.");
  const answered = page.waitForResponse((response) => response.url().includes("/o?") && response.ok());
  await income.locator("#so-D02").blur();
  await answered;
  await page.getByRole("button", { name: "Gửi số liệu cho xã" }).click();
  await page.getByText(/Đã gửi số liệu đến Hội Khuyến học xã Ea Kar lúc/).waitFor();
  assert.match(await page.locator("main").textContent(), /Ông Phạm Văn Lượng đã gửi lúc/);
  await closePage(page);
  await pictureAll(browser, "entry-own", async (own) => { await signIn(own, product.url, secretary); await own.goto("/nhap-so-lieu"); await own.goto(`${own.url().split("?")[0]}?phan=rieng`); await own.waitForLoadState("networkidle"); }, { base: product.url });
});

test("Without script the same grid is a form", async () => {
  const page = await visitor(secretary, { script: false });
  await page.goto("/nhap-so-lieu");
  await dropouts(page).fill("không");
  await page.getByRole("button", { name: "Ghi số liệu" }).click();
  await page.getByText("Còn 1 chỗ cần sửa.").waitFor();
  assert.equal(await dropouts(page).inputValue(), "không");
  await dropouts(page).fill("0");
  await page.getByRole("button", { name: "Ghi số liệu" }).click();
  await page.getByText("Đã ghi 1 số.").waitFor();
  assert.equal(await dropouts(page).inputValue(), "0");
  await closePage(page);
});

test("The workbook goes out, comes back as a dry run, and a file that is none is refused in words", async () => {
  const page = await visitor(secretary);
  await page.goto("/nhap-so-lieu");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Tải tệp Excel toàn xã" }).click()]);
  const file = path.join(scratch, "xa.xlsx");
  await download.saveAs(file);
  await page.getByRole("link", { name: "Đọc tệp Excel đã điền" }).click();
  await page.getByLabel("Tệp Excel đã điền").setInputFiles(file);
  await page.getByRole("button", { name: "Đọc tệp và xem trước" }).click();
  await page.getByText("Không có số nào sẽ thay đổi").waitFor();
  await accessible(page);
  await page.getByRole("link", { name: "Chọn tệp khác" }).click();
  await page.getByLabel("Tệp Excel đã điền").setInputFiles({ name: "bao cao.xlsx", mimeType: "text/plain", buffer: Buffer.from("Chi hội Thôn 8 có 120 hội viên") });
  await page.getByRole("button", { name: "Đọc tệp và xem trước" }).click();
  await page.getByText("Tệp này chưa đọc được. Chưa có số nào thay đổi.").waitFor();
  await accessible(page);
  await closePage(page);
});

test("A province follows the round", async () => {
  await pictureAll(browser, "entry-round", async (page) => { await signIn(page, product.url, province); await page.goto("/nhap-so-lieu"); await page.getByText(/xã, phường.* đã có số liệu/).first().waitFor(); }, { base: product.url });
});
