// The entry grid by keyboard, paste, network failures and other people's saves, on a page with the product's policy.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { bodies, columns, gridPage, sum } from "./fixtures/grid.mjs";
import { closePage, openBrowser, openPage, pictureAll, sizes, withinBudget } from "./support/browser.mjs";
import { serveStatic } from "./support/static_server.mjs";

let browser, site, page, answer;
const stored = new Map();
// A server that holds what it was sent, with versions, and adds up for itself.
function reset() {
  stored.clear();
  for (const body of bodies) columns.forEach(([measure], i) => { if (body.now[i] !== undefined) stored.set(`${body.id}|${measure}`, { value: body.now[i], version: 1 }); });
  answer = (json) => [200, { cells: json.cells.map(save), totals: totals(), checks: checks(), notes: {}, saved_at: "9 giờ 41 phút" }];
}
function save({ body, measure, value, version }) {
  const cell = stored.get(`${body}|${measure}`);
  if (String(cell.version) !== version) return { body, measure, state: "stale", value: cell.value, version: String(cell.version), message: "Ông Nguyễn Đình Sơn vừa ghi số này lúc 9 giờ 40 phút." };
  if (value !== null && value < 0) return { body, measure, state: "refused", value: cell.value, version, message: "Số người không thể âm. Xin ghi từ 0 trở lên." };
  cell.value = value;
  cell.version++;
  return { body, measure, state: "saved", value, version: String(cell.version) };
}
const total = (i, group) => bodies.filter((body) => body.now[i] !== undefined && (!group || body.group === group)).reduce((sum, body) => sum + (stored.get(`${body.id}|${columns[i][0]}`).value ?? (i === 0 ? body.was[i] : 0)), 0);
const totals = () => ({ all: Object.fromEntries(columns.map(([measure], i) => [measure, total(i)])), groups: Object.fromEntries(["cu-hue", "ban"].map((group) => [group, Object.fromEntries(columns.map(([measure], i) => [measure, total(i, group)]))])) });
const checks = () => (stored.get("thon-1|B01").value > 1000 ? [{ body: "thon-1", level: "bad", title: "Chưa khớp, thừa 836", text: "Kỳ trước 162, thêm 4, giảm 2 thì còn 164.", measures: ["B01"], link: { href: "#danh-sach", text: "Xem danh sách" } }] : []);

const input = (body, measure) => page.locator(`[name="c.${body}.${measure}"]`);
const shown = (measure, group = "") => page.locator(group ? `tr[data-group="${group}"] td[data-measure="${measure}"] [data-total]` : `tr.sum td[data-measure="${measure}"] [data-total]`).textContent();
const focusedName = () => page.evaluate(() => document.activeElement.getAttribute("name"));
const state = () => page.locator("[data-save-state]");
const note = (body) => page.locator(`tr[data-body="${body}"] [data-note]`);
const saved = () => page.waitForFunction(() => /Đã lưu lúc 9 giờ 41/.test(document.querySelector("[data-save-state]").textContent));
const paste = (text) => page.evaluate((text) => { const data = new DataTransfer(); data.setData("text/plain", text); document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }, text);

before(async () => {
  browser = await openBrowser();
  site = await serveStatic({ pages: { "/luoi": gridPage, "/luoi-en": (...given) => gridPage(...given).replace('lang="vi"', 'lang="en"') }, answers: { "/luoi/o": (json) => answer(json) } });
});
after(async () => { await browser?.close(); await site?.close(); });
beforeEach(async () => { reset(); site.posts.length = 0; page = await openPage(browser, { base: site.url }); await page.goto("/luoi"); });
afterEach(async () => { await page.evaluate(() => localStorage.clear()).catch(() => {}); await closePage(page); await site.quiet(); });

test("Enter and the arrows move as in Excel, over columns that are not asked", async () => {
  await input("thon-1", "B01").focus();
  await page.keyboard.press("Enter");
  assert.equal(await focusedName(), "c.thon-8.B01");
  await page.keyboard.press("Shift+Enter");
  assert.equal(await focusedName(), "c.thon-1.B01");
  await page.keyboard.press("ArrowRight");
  assert.equal(await focusedName(), "c.thon-1.B02");
  await page.keyboard.press("End");
  assert.equal(await focusedName(), "c.thon-1.Q01");
  await page.keyboard.press("Control+ArrowDown");
  assert.equal(await focusedName(), "c.chua.Q01");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await focusedName(), "c.chua.B02", "the grey cell is stepped over");
  await page.keyboard.press("Control+Home");
  assert.equal(await focusedName(), "c.thon-1.B01");
  await page.keyboard.press("Tab");
  assert.equal(await focusedName(), "c.thon-1.B02");
  await page.keyboard.press("Control+End");
  assert.equal(await focusedName(), "c.chua.Q01");
  await page.keyboard.press("Enter");
  assert.equal(await focusedName(), "c.chua.Q01", "the last row is the end");
});

test("On an English page the grid speaks English, and fetches its words once", async () => {
  const scripts = [];
  page.on("response", (response) => { if (/english_texts-/.test(response.url())) scripts.push(response.url()); });
  await page.goto("/luoi", { waitUntil: "networkidle" });
  assert.deepEqual(scripts, [], "a Vietnamese page needs no English");
  await page.goto("/luoi-en", { waitUntil: "networkidle" });
  assert.equal(scripts.length, 1);
  await input("thon-8", "B01").fill("năm");
  await input("thon-8", "B01").press("Enter");
  assert.match(await note("thon-8").textContent(), /“năm” is not a number\. Please write digits only/);
  await input("thon-1", "B02").fill("-4");
  await input("thon-1", "B02").press("Enter");
  await page.waitForFunction(() => /Saved at 9 giờ 41 phút, 1 cell to look at again/.test(document.querySelector("[data-save-state]").textContent));
  assert.match(await note("thon-1").textContent(), /^\s*Not saved/);
});

test("Typing replaces, F2 edits within, Escape puts back what stood there", async () => {
  await input("thon-8", "B01").focus();
  await page.keyboard.type("125");
  assert.equal(await input("thon-8", "B01").inputValue(), "125");
  await page.keyboard.press("Escape");
  assert.equal(await input("thon-8", "B01").inputValue(), "120");
  await page.keyboard.press("F2");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await focusedName(), "c.thon-8.B01", "arrows walk in the text while editing");
  await page.keyboard.press("Delete");
  await page.keyboard.type("7");
  await page.keyboard.press("Enter");
  assert.equal(await input("thon-8", "B01").inputValue(), "127");
  await saved();
  assert.equal(site.posts.length, 1, "an escaped entry is not sent");
  assert.deepEqual(site.posts[0].json.cells, [{ body: "thon-8", measure: "B01", value: 127, version: "1" }]);
  assert.equal(site.posts[0].headers["x-csrf-token"], "fixture-token");
  assert.match(site.posts[0].headers["idempotency-key"], /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("Totals follow while typing, a stock that was carried is not counted twice, and the server's answer replaces them", async () => {
  assert.equal(await shown("B01"), sum(0).toLocaleString("vi-VN"));
  assert.equal(sum(0), 561);
  await input("thon-11", "B01").focus();
  await page.keyboard.type("150");
  assert.equal(await shown("B01"), "570", "141 was carried, so 150 adds 9");
  assert.equal(await shown("B01", "cu-hue"), "542");
  assert.equal(await shown("B01", "ban"), "28");
  const first = answer;
  answer = (json) => { const [status, body] = first(json); body.totals.all.B01 = 9999; return [status, body]; };
  await page.keyboard.press("Enter");
  await saved();
  assert.equal(await shown("B01"), "9.999");
});

test("Blank is hatched, zero is not, and emptying a cell sends null", async () => {
  const td = page.locator('tr[data-body="buon-trinh"] td[data-measure="B02"]');
  assert.equal(await td.evaluate((element) => element.classList.contains("blank")), false);
  await input("buon-trinh", "B02").focus();
  await page.keyboard.press("Delete");
  assert.equal(await td.evaluate((element) => element.classList.contains("blank")), true);
  await page.keyboard.press("Enter");
  await saved();
  assert.equal(site.posts[0].json.cells[0].value, null);
  await input("buon-trinh", "B02").focus();
  await page.keyboard.type("0");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.querySelector("td.unsent"));
  assert.equal(await td.evaluate((element) => element.classList.contains("blank")), false);
  assert.equal(site.posts[1].json.cells[0].value, 0);
});

test("A block pasted from Excel fills cells by column; what is not a number stays as typed, is said, and is not sent", async () => {
  await input("thon-1", "B01").focus();
  await paste("1.165\t6\t93\t7.500\r\n121\tsáu\t\t6.400,5\r\n");
  assert.equal(await input("thon-1", "Q01").inputValue(), "7.500");
  assert.equal(await input("thon-8", "B02").inputValue(), "sáu", "kept as typed");
  assert.equal(await input("thon-8", "B02").getAttribute("aria-invalid"), "true");
  assert.match(await note("thon-8").textContent(), /“sáu” chưa phải là số/);
  assert.match(await note("thon-8").textContent(), /“6\.400,5” có dấu phẩy/);
  await saved();
  const sent = Object.fromEntries(site.posts.flatMap(({ json }) => json.cells).map((cell) => [`${cell.body} ${cell.measure}`, cell.value]));
  assert.deepEqual(sent, { "thon-1 B01": 1165, "thon-1 B02": 6, "thon-1 B04": 93, "thon-1 Q01": 7500, "thon-8 B01": 121, "thon-8 B04": null });
  assert.match(await note("thon-1").textContent(), /Chưa khớp, thừa 836.*Kỳ trước 162/);
  assert.equal(await input("thon-1", "B01").getAttribute("aria-invalid"), "true", "the cell of the check is marked");
  await input("thon-8", "B02").focus();
  await page.keyboard.type("6");
  await page.keyboard.press("Enter");
  assert.doesNotMatch(await note("thon-8").textContent(), /sáu/);
});

test("A pasted block keeps its columns over a cell that is not asked, and says what fell outside", async () => {
  await input("chua", "B01").focus();
  await paste("30\t1\t\t4.600\n99\t99\t99\t99\n");
  assert.equal(await input("chua", "Q01").inputValue(), "4.600");
  assert.match(await note("chua").textContent(), /4 số nằm ngoài bảng/);
});

test("Without a network the cells are kept and said; when it is back they go by themselves, word for word", async () => {
  answer = () => null;
  await input("thon-1", "B02").focus();
  await page.keyboard.type("7");
  await page.keyboard.press("Enter");
  await page.keyboard.type("8");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /đã giữ 2 ô trên máy này, sẽ gửi khi có mạng/.test(document.querySelector("[data-save-state]").textContent));
  assert.equal(await page.locator("td.unsent").count(), 2);
  await page.context().setOffline(true);
  reset();
  await page.context().setOffline(false);
  await page.waitForFunction(() => /Đã lưu lúc/.test(document.querySelector("[data-save-state]").textContent) && !document.querySelector("td.unsent"));
  assert.equal(stored.get("thon-1|B02").value, 7);
  assert.equal(stored.get("thon-8|B02").value, 8);
  const keys = new Set(site.posts.map(({ headers }) => headers["idempotency-key"]));
  assert.equal(keys.size, 1, "the same batch carries the same key");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

test("Cells that were never sent are offered again after a reload, and only go when asked", async () => {
  answer = () => null;
  await input("thon-1", "B02").focus();
  await page.keyboard.type("9");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /đã giữ 1 ô/.test(document.querySelector("[data-save-state]").textContent));
  await page.reload();
  assert.equal(await input("thon-1", "B02").inputValue(), "4");
  assert.match(await page.locator(".kept").textContent(), /Lần trước còn 1 ô đã ghi trên máy này/);
  reset();
  site.posts.length = 0;
  await page.getByRole("button", { name: "Gửi 1 ô này" }).click();
  assert.equal(await input("thon-1", "B02").inputValue(), "9");
  await saved();
  assert.equal(stored.get("thon-1|B02").value, 9);
  await page.reload();
  assert.equal(await page.locator(".kept:visible").count(), 0);
});

test("When somebody else saved first both figures stand there, and either can be chosen", async () => {
  stored.set("thon-1|B02", { value: 11, version: 5 });
  await input("thon-1", "B02").focus();
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  await page.waitForSelector('tr[data-body="thon-1"] [data-note] button');
  assert.match(await note("thon-1").textContent(), /Nguyễn Đình Sơn vừa ghi.*Ông\/bà ghi 12/);
  assert.equal(await input("thon-1", "B02").inputValue(), "12", "what was typed is still there");
  assert.equal(stored.get("thon-1|B02").value, 11);
  await page.getByRole("button", { name: "Giữ số của tôi: 12" }).click();
  await page.waitForFunction(() => !document.querySelector("td.unsent") && /Đã lưu lúc 9 giờ 41 phút$/.test(document.querySelector("[data-save-state]").textContent));
  assert.equal(stored.get("thon-1|B02").value, 12);

  stored.set("thon-8|B02", { value: 3, version: 9 });
  await input("thon-8", "B02").focus();
  await page.keyboard.type("4");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Lấy số đã lưu: 3" }).click();
  assert.equal(await input("thon-8", "B02").inputValue(), "3");
  assert.equal(await input("thon-8", "B02").getAttribute("aria-invalid"), null);
  assert.equal(stored.get("thon-8|B02").value, 3);
});

test("A refusal is said beside the row and what was typed stays", async () => {
  await input("thon-8", "B01").focus();
  await page.keyboard.type("-5");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /cần xem lại/.test(document.querySelector("[data-save-state]").textContent));
  assert.match(await note("thon-8").textContent(), /không thể âm/);
  assert.equal(await input("thon-8", "B01").inputValue(), "-5");
  assert.equal(stored.get("thon-8|B01").value, 120);
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("120");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.querySelector("td.wrong"));
});

test("A signed-out session keeps the cells and says so", async () => {
  answer = () => [401, {}];
  await input("thon-8", "B01").focus();
  await page.keyboard.type("121");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /Phiên làm việc đã hết\. Đã giữ 1 ô/.test(document.querySelector("[data-save-state]").textContent));
  assert.equal(await state().locator("a").textContent(), "Đăng nhập lại");
});

test("A group folds with its rows left out of the keys and of a paste", async () => {
  const fold = page.locator('tr[data-group="cu-hue"] a[data-fold]');
  await fold.click();
  assert.equal(await fold.getAttribute("aria-expanded"), "false");
  assert.equal(await page.locator('tr[data-in-group="cu-hue"]:visible').count(), 0);
  await input("chua", "B01").focus();
  await page.keyboard.press("Control+Home");
  assert.equal(await focusedName(), "c.chua.B01");
  await fold.press("Enter");
  assert.equal(await page.locator('tr[data-in-group="cu-hue"]:visible').count(), 4);
});

test("Without script the grid is a form with its button", async () => {
  const plain = await openPage(browser, { base: site.url, script: false });
  await plain.goto("/luoi");
  assert.equal(await plain.getByRole("button", { name: "Ghi số liệu" }).isVisible(), true);
  await closePage(plain);
  assert.equal(await page.getByRole("button", { name: "Ghi số liệu" }).isVisible(), false);
});

test("The grid looks right everywhere, passes axe and weighs little", async () => {
  await pictureAll(browser, "fixture-grid", async (at) => {
    await at.goto("/luoi");
    await at.locator('[name="c.thon-1.B01"]').fill("2000");
    await at.locator('[name="c.thon-8.B02"]').fill("năm");
    await at.locator('[name="c.buon-trinh.B01"]').focus();
    await at.waitForFunction(() => document.querySelector('tr[data-body="thon-1"] .note.bad, tr[data-body="thon-1"] td.note.bad'));
    reset();
  }, { base: site.url });
  const weight = await withinBudget(browser, `${site.url}/luoi`);
  assert.ok(weight.core < 60 * 1024, `an almost empty grid weighs ${weight.core}`);
  assert.equal(sizes.phone.width, 360);
});
