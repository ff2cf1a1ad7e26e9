// A whole reporting round in the built product, by everybody who takes part: the province opens it, the commune passes it down, a branch answers on a telephone from Zalo, secretary and
// chairman send it, the province sends it back at one cell, receives and closes it, and a closed figure is set right so that both numbers show.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { after, afterEach, before, test } from "node:test";
import { accessible, closePage, noSidewaysScroll, openBrowser, openPage, sizes } from "./support/browser.mjs";
import { demoPeople, signIn, startProduct } from "./support/product.mjs";

let product, browser, people;
const desks = {};                        // a browser for each of them
const number = (text) => Number(text.replace(/[^\d]/g, ""));
// Zalo's own browser on a telephone: its name, no downloads, cookies of its own.
const zalo = "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.6099.144 Mobile Safari/537.36 Zalo android/12110 ZaloTheme/light ZaloLanguage/vi";
const branch = "Chi hội Thôn 11";
let round, report, link, provinceReport;

async function openInZalo() {
  const context = await browser.newContext({ viewport: sizes.phone, baseURL: product.url, userAgent: zalo, acceptDownloads: false, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", hasTouch: true, isMobile: true });
  const page = await context.newPage();
  page.violations = [];
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error" && /Content Security Policy/i.test(message.text())) page.violations.push(message.text()); });
  return page;
}
const said = (page, words) => page.locator("main, body").filter({ hasText: words }).first().waitFor();
const press = async (page, name) => { await Promise.all([page.waitForNavigation(), page.getByRole("button", { name, exact: true }).first().click()]); };
const open = async (page, name) => { await Promise.all([page.waitForNavigation(), page.getByRole("link", { name, exact: true }).first().click()]); };
// The official and the signed figure of one indicator, as the table of a report's page says them.
async function figureOf(page, label) {
  const row = page.locator("table tbody tr").filter({ has: page.locator("th", { hasText: label }) }).first();
  return (await row.locator("td.num").allInnerTexts()).map(number);
}
// The report of whoever looks, in the round.
async function ownReport(page) {
  await page.goto(round);
  const found = await page.locator("a").evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? "").find((href) => /^\/(bao-cao-ky\/\d+$|dot-bao-cao\/\d+\/don-vi\/\d+$)/.test(href)));
  if (/^\/bao-cao-ky/.test(found)) return found;
  await page.goto(found);
  return page.getByRole("link", { name: /Mở báo cáo/ }).getAttribute("href");
}
async function write(page, block, words) {
  const part = page.locator(`#${block}`);
  await part.getByRole("textbox").first().click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(words);
  await part.locator("[data-save-state]").filter({ hasText: /Đã lưu lúc/ }).waitFor();
}
async function writeReport(page, address) {
  await page.goto(`${address}/loi-van`, { waitUntil: "networkidle" });
  await write(page, "uu_diem", "Tổ chức Hội ổn định, các chi hội sinh hoạt đều.");
  await write(page, "han_che", "Một số chi hội gửi số liệu chậm.");
  await write(page, "phuong_huong", "Vận động quỹ khuyến học đầu năm học mới.");
}
async function submit(page, address) {
  await page.goto(`${address}/trinh`);
  for (const field of await page.locator("form textarea").all()) if (!(await field.inputValue())) await field.fill("Đã đối chiếu với sổ của từng chi hội, số đúng.");
  await press(page, "Trình Chủ tịch duyệt");
  await said(page, /Đã trình Chủ tịch duyệt/);
}
async function sign(page, address) {
  await page.goto(`${address}/ky`);
  await press(page, "Ký và gửi");
  assert.match(await page.locator("body").innerText(), /\d+\/BC-/);
}

before(async () => {
  // the day before the demo's people open their round, so that it is opened here
  [product, browser] = await Promise.all([startProduct({ today: "2026-05-19" }), openBrowser()]);
  people = await demoPeople(product.url);
  for (const name of ["province", "secretary", "chairman"]) {
    desks[name] = await openPage(browser, { base: product.url });
    await signIn(desks[name], product.url, people[name]);
  }
});
after(async () => {
  for (const page of Object.values(desks)) await closePage(page);
  await browser?.close();
  await product?.stop();
});
afterEach(() => assert.doesNotMatch(product.output(), /content security policy:/));

test("The province opens the half-year round after seeing whom it asks", async () => {
  const { province } = desks;
  await province.goto("/dot-bao-cao/moi");
  await press(province, "Xem trước (chưa mở)");
  assert.match(await province.locator("body").innerText(), /xã|đơn vị/);
  await press(province, "Mở đợt báo cáo");
  round = new URL(province.url()).pathname.match(/\/dot-bao-cao\/\d+/)[0];
  await province.goto(round);
  assert.match(await province.locator("body").innerText(), /Ea Kar/);
});

test("The commune sees it on its things to do, passes it down and makes a link for Zalo", async () => {
  const { secretary } = desks;
  await secretary.goto("/");
  assert.match(await secretary.locator("main").innerText(), /6 tháng đầu năm 2026/);
  await secretary.goto(`${round}/chuyen-tiep`);
  await secretary.getByRole("button", { name: /^Chuyển tiếp đến \d+ nơi$/ }).click();
  await said(secretary, /chuyển tiếp/i);
  await secretary.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  await open(secretary, "Đường dẫn điền phiếu qua Zalo");
  await secretary.evaluate(() => { for (const box of document.querySelectorAll("input[type=checkbox]")) box.checked = false; });
  await secretary.locator("label.choice", { hasText: branch }).first().locator("input").check();
  await secretary.getByRole("button", { name: /Tạo đường dẫn/ }).click();
  const message = await secretary.getByRole("textbox", { name: new RegExp(branch) }).inputValue();
  link = message.match(/(\/l\/[\w-]+)/)[1];
});

test("Somebody who never saw the product fills in the branch's form from Zalo in well under five minutes", async () => {
  const phone = await openInZalo();
  let steps = 0;
  // As a careful person on a telephone: reads each field for two seconds, types a digit in a third of a second, hesitates before a button. Counted, not waited for.
  let seconds = 0;
  const reads = (howLong) => { seconds += howLong; };
  const types = async (field, words) => { await field.tap(); await field.fill(""); await field.pressSequentially(words, { delay: 5 }); seconds += 2 + 0.35 * words.length; steps += 1; };
  const taps = async (button) => { await button.tap(); seconds += 2; steps += 1; };
  const began = Date.now();
  await phone.goto(link, { waitUntil: "networkidle" });
  steps += 1;                            // the link in the message
  reads(15);
  assert.equal((await phone.context().cookies()).length, 0, "no cookie before a name is given");
  await types(phone.getByLabel("Họ và tên người ghi"), "Nguyễn Văn Bình");
  await taps(phone.getByRole("button", { name: "Bắt đầu ghi số liệu" }));
  await phone.locator("[data-progress]").waitFor();
  await noSidewaysScroll(phone);
  await accessible(phone);
  reads(20);
  const inputs = phone.locator(".field .entry-line input"), count = await inputs.count();
  const members = number((await phone.locator('.field[data-measure="B01"] .was').first().textContent()).match(/[\d.]+/)[0]);
  for (let i = 0; i < count; ++i) {
    // as in the branch's own book: two came, one left, the rest as the form reminds of it
    const { measure, was } = await inputs.nth(i).evaluate((input) => { const field = input.closest(".field"); return { measure: field.dataset.measure, was: field.querySelector(".was")?.textContent ?? "" }; });
    await types(inputs.nth(i), String({ B01: members + 1, B02: 2, B03: 1 }[measure] ?? number(was.match(/: ([\d.]+)/)?.[1] ?? "1")));
  }
  await inputs.nth(count - 1).press("Enter");
  await phone.locator("[data-save-state]").filter({ hasText: /Đã lưu lúc/ }).waitFor();
  assert.equal(await phone.locator("[data-filled]").textContent(), `${count}/${count} số`);
  reads(10);
  await taps(phone.getByRole("button", { name: "Xác nhận đã ghi đủ" }));
  await phone.getByText(/Đã xác nhận ghi đủ lúc/).waitFor();
  assert.ok(seconds < 300, `a careful person needs ${Math.round(seconds)} seconds for ${steps} steps`);
  console.log(`# newcomer: ${steps} steps, ${Math.round(seconds)} s at a careful pace (the program itself took ${((Date.now() - began) / 1000).toFixed(1)} s)`);
  await closePage(phone);
  const { secretary } = desks;
  await secretary.goto(`${round}?cap=chi-hoi`);
  assert.match(await secretary.locator("main").innerText(), /1\/\d+ chi hội, ban đã xác nhận số liệu/, "the commune sees that it is done");
});

test("The secretary writes and submits, the chairman signs, the province sends it back at a single cell", async () => {
  const { secretary, chairman, province } = desks;
  report = await ownReport(secretary);
  await writeReport(secretary, report);
  await submit(secretary, report);
  await sign(chairman, report);
  await province.goto(`${report}/tiep-nhan`);
  const cell = province.getByLabel(/^Ý kiến về .*Thu trong kỳ/).first();
  await cell.fill("Thu quỹ tăng nhiều, xin xem lại chi hội Thôn 8.");
  await press(province, "Đề nghị sửa");
  await said(province, /Đã đề nghị .*1 ý kiến tại từng ô/);
});

test("What is to be corrected stands where figures are entered; corrected, signed again, received and closed", async () => {
  const { secretary, chairman, province } = desks;
  await secretary.goto(report);
  assert.match(await secretary.locator("main").innerText(), /Thu quỹ tăng nhiều, xin xem lại chi hội Thôn 8/);
  await secretary.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  assert.match(await secretary.locator("main").innerText(), /Thu quỹ tăng nhiều/);
  const field = secretary.getByRole("textbox", { name: /^Chi hội Thôn 8,.*Thu/ }).first();
  if (!(await field.isVisible())) {
    const group = await field.evaluate((element) => element.closest("tr").dataset.inGroup);
    await secretary.locator(`tr[data-group="${group}"] [data-fold]`).click();
  }
  const saved = secretary.waitForResponse((response) => /\/o(\?|$)/.test(response.url()) && response.request().method() === "POST");
  await field.fill(String(number(await field.inputValue()) + 1));
  await field.blur();
  assert.equal((await (await saved).json()).cells[0].state, "saved");
  await submit(secretary, report);
  await sign(chairman, report);
  await province.goto(`${report}/tiep-nhan`);
  await press(province, "Tiếp nhận");
  await said(province, /Đã tiếp nhận báo cáo/);
  await press(province, "Chốt báo cáo");
  await said(province, /Đã chốt 1 báo cáo/);
  // whoever types in a closed report is told, and nothing is lost
  await secretary.goto("/nhap-so-lieu", { waitUntil: "networkidle" });
  if ((await field.count()) > 0 && await field.isEditable()) {
    const typed = number(await field.inputValue()) + 5, refused = secretary.waitForResponse((response) => /\/o(\?|$)/.test(response.url()) && response.request().method() === "POST");
    await field.fill(String(typed));
    await field.blur();
    const [cell] = (await (await refused).json()).cells;
    assert.equal(cell.state, "refused");
    assert.match(cell.message, /đã chốt[\s\S]*điều chỉnh/);
    assert.equal(number(await field.inputValue()), typed, "what was typed stands where it was typed");
  } else {
    assert.match(await secretary.locator("main").innerText(), /đã chốt/);
  }
});

test("The report on paper, as Word, PDF and Excel, says in other programs what the page says", async () => {
  const { secretary } = desks;
  await secretary.goto(report);
  const figures = [];
  for (const label of ["Tổng số hội viên cuối kỳ", "Hội viên phát triển mới", "Số suất học bổng đã trao"]) {
    const row = secretary.locator("table tbody tr").filter({ has: secretary.locator("th", { hasText: label }) }).first();
    figures.push([label, await row.locator("td.num").first().innerText()]);
  }
  const folder = await mkdtemp(path.join(tmpdir(), "khuyenhoc-papers-")), run = promisify(execFile);
  const office = (...words) => run("soffice", [`-env:UserInstallation=file://${folder}/profile`, "--headless", "--convert-to", ...words, "--outdir", folder], { timeout: 60_000 });
  try {
    for (const ending of ["docx", "pdf", "xlsx"]) {
      const answer = await secretary.request.get(`${report}/van-ban.${ending}`);
      assert.equal(answer.status(), 200, ending);
      assert.match(answer.headers()["content-disposition"], /attachment/);
      await writeFile(path.join(folder, `bao-cao.${ending}`), await answer.body());
    }
    await office("txt:Text (encoded):UTF8", path.join(folder, "bao-cao.docx"));
    await run("pdftotext", ["-layout", path.join(folder, "bao-cao.pdf"), path.join(folder, "pdf.txt")]);
    // every sheet a file of its own, formulas worked out anew
    await office("csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1", path.join(folder, "bao-cao.xlsx"));
    const word = await readFile(path.join(folder, "bao-cao.txt"), "utf8"), pdf = await readFile(path.join(folder, "pdf.txt"), "utf8");
    const sheets = (await Promise.all((await readdir(folder)).filter((name) => name.endsWith(".csv")).map((name) => readFile(path.join(folder, name), "utf8")))).join("\n").replace(/(?<=\d)[.,](?=\d{3}(\D|$))/g, "");
    for (const [label, value] of figures) {
      const alone = new RegExp(`(?<![\\d.])${value.replaceAll(".", "\\.")}(?![\\d.]\\d)`);
      assert.match(word, alone, `${label} in Word`);
      assert.match(pdf, alone, `${label} in PDF`);
      assert.match(sheets, new RegExp(`(?<!\\d)${value.replaceAll(".", "")}(?!\\d)`), `${label} in Excel`);
    }
    assert.match(word, /Tổ chức Hội ổn định, các chi hội sinh hoạt đều/);
    assert.match(pdf, /\d+\/BC-/);
    assert.doesNotMatch(sheets, /#REF|#NAME|#VALUE|Err:/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("The province signs its own report; a closed figure is set right, and both numbers show", async () => {
  const { secretary, chairman, province } = desks;
  provinceReport = await ownReport(province);
  await writeReport(province, provinceReport);
  await submit(province, provinceReport);
  await sign(province, provinceReport);
  await province.goto(provinceReport);
  const label = "Gia đình học tập";
  const before = (await figureOf(province, label))[0];

  await secretary.goto(`${report}/dieu-chinh`);
  await secretary.getByLabel("Lý do điều chỉnh").fill("Đối chiếu lại với sổ chi hội.");
  await press(secretary, "Lập bản điều chỉnh");
  await secretary.getByLabel("Đơn vị", { exact: true }).selectOption({ label: "Chi hội Thôn 8" });
  const measures = await secretary.getByLabel("Chỉ tiêu", { exact: true }).locator("option").allInnerTexts();
  await secretary.getByLabel("Chỉ tiêu", { exact: true }).selectOption({ label: measures.find((one) => /được công nhận Gia đình học tập/.test(one)) });
  await secretary.getByLabel("Số mới").fill("1");
  await secretary.getByLabel("Lý do sửa ô này").fill("Ghi nhầm dòng.");
  await press(secretary, "Ghi ô này");
  assert.match(await secretary.locator("main").innerText(), /Hội Khuyến học tỉnh Đắk Lắk/, "what it does to the province's paper is seen before");
  await press(secretary, "Trình Chủ tịch ký");
  await chairman.goto(`${report}/dieu-chinh`);
  await press(chairman, "Ký điều chỉnh");
  await said(chairman, /Đã ký điều chỉnh/);

  await province.goto(provinceReport);
  const both = await figureOf(province, label);
  assert.equal(both[0], before, "the paper says what it said");
  assert.ok(both.length >= 2 && both[1] < before, `the official figure is another one: ${both}`);
  assert.match(await province.locator("main").innerText(), /báo cáo đã ký ghi [\d.]+ .*; số đã chốt hiện nay là [\d.]+/);
  await noSidewaysScroll(province);
});
