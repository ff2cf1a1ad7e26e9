// A province's first afternoon, by clicks as its secretary makes them: an empty place, the province chosen, 102 communes and 9,000 branches and boards read from a
// list, slips printed, letterhead and targets set, the last years loaded from the annex tables of reports already signed; and a list full of mistakes explained row by row.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { accessible, closePage, noSidewaysScroll, openBrowser, openPage, screenshot, sizes } from "./support/browser.mjs";
import { annex, annexOfToday, bodies, branchesAsked, communes, wrongBodies } from "./support/dak_lak.mjs";
import { seal, signature } from "./support/png.mjs";
import { startProduct } from "./support/product.mjs";
import { workbook } from "./support/workbook.mjs";

const person = { salutation: "Bà", name: "Trần Kim Liên", telephone: "0912 345 678", password: "con chim non rũ cánh" };
const steps = "/bat-dau/tien-trinh";

let product, browser, page, folder, stopped = false;
const number = (text) => Number(text.replace(/[^\d]/g, ""));
const heading = (words) => page.getByRole("heading", { name: words });
const press = (name) => page.getByRole("button", { name }).click();

// Both looks of a step, checked for what a person cannot use; the page stays as it was.
async function picture(name) {
  for (const [look, size] of Object.entries(sizes)) {
    await page.setViewportSize(size);
    await noSidewaysScroll(page, `${name} at ${size.width} px`);
    await accessible(page, `${name} at ${size.width} px`);
    await screenshot(page, `first-afternoon-${name}-${look === "desk" ? 1366 : 360}`);
  }
  await page.setViewportSize(sizes.desk);
}
async function fileOf(name, sheets) {
  const file = path.join(folder, name);
  await writeFile(file, workbook(sheets));
  return file;
}
async function downloaded(link) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const file = path.join(folder, download.suggestedFilename());
  await download.saveAs(file);
  return file;
}
const pagesOf = async (pdf) => [...(await readFile(pdf, "latin1")).matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
async function figure(...words) {
  const { status, out, err } = await product.command("figure", ...words, "--json");
  assert.equal(status, 0, err);
  return JSON.parse(out);
}
// Branches and boards of a unit, as every page counts them.
const branches = async (unit) => (await figure("A04", "--unit", unit, "--period", "2026-H1")).value + (await figure("A05", "--unit", unit, "--period", "2026-H1")).value;
const listed = (commune) => bodies().filter(({ above }) => above === commune).length;
// What a step says is missing, as { "102 xã, phường, đặc khu chưa có Hội Khuyến học": "số liệu …" }.
async function lacking(step) {
  await page.goto(steps);
  return page.locator(`#${step} .lacks li`).evaluateAll((lines) => Object.fromEntries(lines.map((line) => [line.querySelector("b").textContent, line.textContent])));
}
const state = async (step) => (await page.locator(`#${step} .card-header .state`).textContent()).trim();
async function workOn(step) {
  await page.goto(steps);
  await page.locator(`#${step} .actions a`).first().click();
}

// From what a step has led to back to all of them, as the page offers it.
async function wayBack() {
  await page.getByRole("navigation", { name: "Đường dẫn" }).getByRole("link", { name: "Bắt đầu sử dụng" }).click();
  await heading("Bắt đầu sử dụng").waitFor();
}

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "khuyenhoc-afternoon-"));
  [product, browser] = await Promise.all([startProduct({ demo: false }), openBrowser()]);
  page = await openPage(browser, { base: product.url });
  page.setDefaultTimeout(15_000);
});
after(async () => {
  if (page) await closePage(page);
  await browser?.close();
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});
// One afternoon: what comes later stands on what was done before.
afterEach(async (context) => {
  if (context.error && !stopped) await screenshot(page, "first-afternoon-stopped-here");
  stopped ||= Boolean(context.error);
});
beforeEach(() => { assert.ok(!stopped, "an earlier step of the afternoon failed"); });
beforeEach(() => assert.doesNotMatch(product.output(), /content security policy:/));

test("The program prints the one address that opens an empty place, and nothing else does", async () => {
  const printed = () => product.output().match(/Mở (http:\/\/\S+\/bat-dau\?ma=\w+) để bắt đầu sử dụng/);
  for (const until = Date.now() + 15_000; !printed() && Date.now() < until;) await new Promise((done) => setTimeout(done, 20));
  const address = printed();
  assert.ok(address, product.output());
  await page.goto("/");
  await page.getByText("Chưa có ai trong chương trình này.").waitFor();
  await picture("0-sign-in");
  await page.getByRole("main").getByRole("link", { name: "Bắt đầu sử dụng" }).click();
  await page.getByLabel("Mã bắt đầu").fill("KHONGDUNG123");
  await press("Bắt đầu");
  await page.getByText("Mã này không đúng").waitFor();
  await picture("1-wrong-code");
  await page.goto(address[1]);
  await heading("Hội của ông/bà ở cấp nào?").waitFor();
  await picture("2-office");
});

test("Đắk Lắk is chosen, a slip of the pen is named at its field, and the secretary is in", async () => {
  await page.getByRole("link", { name: /^Hội Khuyến học tỉnh, thành phố/ }).click();
  await page.getByLabel("Tìm theo tên").fill("phu yen");
  await press("Tìm");
  await picture("3-province");
  await page.getByRole("link", { name: /^Tỉnh Đắk Lắk/ }).click();
  await page.getByLabel("Nhập sau, từ danh sách Excel").check();
  await page.getByLabel("Xưng hô").selectOption(person.salutation);
  await page.getByLabel("Họ và tên").fill(person.name);
  await page.getByLabel("Chức vụ").selectOption("Thư ký");
  await page.getByLabel(/^Số điện thoại/).fill("0912 345");
  await page.getByLabel(/^Mật khẩu/).fill(person.password);
  await page.getByLabel("Ghi lại mật khẩu").fill(person.password);
  await press("Ghi và vào chương trình");
  await page.getByText("Còn 1 chỗ cần sửa.").waitFor();
  assert.equal(await page.getByLabel("Họ và tên").inputValue(), person.name);
  await picture("4-first-officer");
  await page.getByLabel(/^Số điện thoại/).fill(person.telephone);
  await page.getByLabel(/^Mật khẩu/).fill(person.password);
  await page.getByLabel("Ghi lại mật khẩu").fill(person.password);
  await press("Ghi và vào chương trình");
  await page.waitForURL(`**${steps}`);
  await heading("Bắt đầu sử dụng").waitFor();
  await picture("5-steps-at-first");
  assert.ok("102 xã, phường, đặc khu chưa có Hội Khuyến học" in (await lacking("to-chuc")));
  await page.goto("/");
  await page.getByRole("heading", { name: /^Bắt đầu sử dụng: đã xong 0 trên 6 bước/ }).waitFor();
  await picture("6-home-card");
});

// From the file to its columns: what is asked on the way is answered as proposed.
async function readList(file) {
  await workOn("to-chuc");
  await page.getByLabel("Tệp danh sách").setInputFiles(file);
  await press("Đọc tệp");
  await page.getByText("Cột nào là gì").waitFor();
}

test("102 communes and 9,000 branches and boards are read from one workbook and written", async () => {
  const list = bodies();
  assert.equal(list.length, communes.length + branchesAsked);
  const rows = list.map((row, at) => [at + 1, row.area, row.name, row.kind, row.head, row.telephone]);
  await readList(await fileOf("danh-sach-dak-lak.xlsx", [{ name: "Danh sách", rows: [["TT", "Xã, phường", "Tên chi hội, ban", "Loại hình", "Người đứng đầu", "Số điện thoại"], ...rows] }]));
  assert.equal(await page.getByLabel(/^Ngày thành lập của dòng không ghi ngày/).inputValue(), "01/7/2025", "the province's own day");
  await picture("7-columns");
  await press("Xem trước");
  await heading("Xem trước (chưa ghi)").waitFor();
  await picture("8-preview");
  assert.match(await page.locator(".chips").textContent(), /9\.102/);
  await page.locator("form[action$='/ghi'] button.btn-primary").click();
  await page.getByText("Đã ghi.").waitFor({ timeout: 120_000 });
  await picture("9-written");
  await page.getByRole("link", { name: "Về các bước bắt đầu" }).click();
  await heading("Bắt đầu sử dụng").waitFor();
  assert.equal(await branches("66"), branchesAsked);
  for (const { name, code } of [communes[0], communes[50], communes[101]]) assert.equal(await branches(`66/${code}`), listed(name), name);
  assert.deepEqual(Object.keys(await lacking("to-chuc")), [], "every commune and every head can be called");
  assert.equal(await state("to-chuc"), "Đã xong");
});

test("A colleague's list full of mistakes is explained row by row, and nothing of it is written unasked", async () => {
  const wrong = wrongBodies();
  await readList(await fileOf("danh-sach-voi-vang.xlsx", wrong.sheets));
  await press("Xem trước");
  await heading("Xem trước (chưa ghi)").waitFor();
  await picture("10-wrong-list");
  const said = Object.fromEntries(await page.locator("table.data tbody tr").evaluateAll((rows) => rows.map((row) => [row.querySelector("th").textContent, row.innerText.replace(/\s+/g, " ")])));
  const explained = {
    5: /Số 0981 000 001 ghi cho cả Nguyễn Văn Một và Nguyễn Văn Hai \(dòng 6\)/, 6: /\(dòng 5\)/, 7: /“Phường Ba Đình” thuộc thành phố Hà Nội, không thuộc tỉnh Đắk Lắk/,
    8: /Sẽ thêm Lập Chi hội Buôn Ea Sar, trực thuộc Hội Khuyến học xã Ea Kar/, 9: /“CHI HOI BUON EA SAR” đã có ở dòng 8/, 10: /Không rõ “Câu lạc bộ” là loại tổ chức nào/, 11: /“12345”, không phải một số điện thoại/,
    12: /Sẽ thêm Lập Chi hội Thôn 906/,
  };
  assert.deepEqual(Object.keys(said), Object.keys(explained));
  for (const [row, words] of Object.entries(explained)) assert.match(said[row], words);
  await press("Bỏ lần nhập này");
  assert.equal(await branches("66/24373"), listed("Xã Ea Kar"), "nothing of it was written");
});

test("Slips are printed for the communes: thirteen sheets, eight to a page", async () => {
  await workOn("tai-khoan");
  await page.getByRole("link", { name: "In phiếu hàng loạt" }).click();
  await picture("11-slips");
  await press(/^Làm 102 phiếu/);
  await page.getByRole("link", { name: "Tải tờ phiếu để in (PDF)" }).waitFor({ timeout: 120_000 });
  await picture("12-slips-made");
  const pdf = await downloaded(page.getByRole("link", { name: "Tải tờ phiếu để in (PDF)" }));
  assert.equal(await pagesOf(pdf), Math.ceil(communes.length / 8));
  await wayBack();
  assert.match(await page.locator("#tai-khoan .lacks").textContent(), /102 phiếu đã in, chưa ai dùng: quá 7 ngày phải in lại phiếu/);
});

test("Chairman and vice-chairman are written with their term; those of the communes come with time", async () => {
  for (const [post, name] of [["Chủ tịch", "Nguyễn Đình Sơn"], ["Phó Chủ tịch", "H’Ngoan Niê"]]) {
    await workOn("chuc-vu");
    await page.getByRole("link", { name: "Ghi người giữ chức vụ" }).click();
    await page.getByLabel(/^Chức vụ/).selectOption({ label: post });
    await page.getByLabel(/^Họ và tên/).fill(name);
    await page.getByLabel(/^Giữ chức vụ từ ngày/).fill("15/8/2025");
    await page.getByLabel(/^Nhiệm kỳ/).fill("nhiệm kỳ 2025 - 2030");
    await press("Ghi chức vụ");
    await page.getByText(`Đã ghi ${name} giữ chức vụ ${post} từ 15/8/2025.`).waitFor();
  }
  await picture("13-posts");
  await wayBack();
  assert.match(await page.locator("#chuc-vu").textContent(), /Chủ tịch: Nguyễn Đình Sơn/);
  assert.deepEqual(Object.keys(await lacking("chuc-vu")), ["102 Hội trực thuộc chưa có thư ký trong sổ"], "the chairmen of the communes came with their slips");
  await page.locator("#chuc-vu").getByRole("button", { name: "Để sau" }).click();
  await page.getByText(/Bà Trần Kim Liên để sau lúc/).waitFor();
});

test("The papers get their head, the numbers that come next, the seal and the chairman's signature", async () => {
  await workOn("van-ban");
  await picture("14-papers");
  await page.getByRole("link", { name: "Sửa từ một ngày" }).click();
  await page.getByLabel(/^Cơ quan cấp trên/).fill("HỘI KHUYẾN HỌC VIỆT NAM");
  await page.getByLabel(/^Địa danh/).fill("");
  await press("Ghi đầu văn bản");
  await page.getByRole("alert").waitFor();
  await page.getByLabel(/^Địa danh/).fill("Đắk Lắk");
  await press("Ghi đầu văn bản");
  await page.getByRole("status").waitFor();

  await page.getByRole("link", { name: "Sửa cách đánh số" }).click();
  await page.getByLabel(/^Báo cáo/).fill("bốn mươi hai");
  await press("Ghi cách đánh số");
  await page.getByText("“bốn mươi hai” không phải là số thứ tự.").first().waitFor();
  await page.getByLabel(/^Báo cáo/).fill("42");
  await page.getByLabel(/^Phát hành văn bản có ảnh chữ ký và con dấu/).check();
  await picture("15-numbers");
  await press("Ghi cách đánh số");
  await page.getByRole("status").waitFor();

  for (const [what, name, content] of [["Con dấu của đơn vị", "dau.png", seal()], [/^Chữ ký của Nguyễn Đình Sơn, Chủ tịch/, "chu-ky.png", signature()]]) {
    await page.getByRole("link", { name: "Ghi ảnh mới" }).click();
    const option = page.getByLabel(/^Ảnh của/).locator("option").filter({ hasText: what });
    await page.getByLabel(/^Ảnh của/).selectOption(await option.getAttribute("value"));
    await page.getByLabel(/^Tệp ảnh/).setInputFiles({ name, mimeType: "image/png", buffer: content });
    await press("Ghi ảnh");
    await page.getByText(/Đã ghi ảnh, dùng từ/).waitFor();
  }
  await picture("16-papers-complete");
  await wayBack();
  assert.match(await page.locator("#van-ban").textContent(), /HỘI KHUYẾN HỌC VIỆT NAM; HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK; Đã chọn cách đánh số văn bản; Có mẫu con dấu; Có mẫu chữ ký/);
  assert.equal(await state("van-ban"), "Đã xong");
});

test("Targets of the year are entered", async () => {
  await workOn("chi-tieu");
  await page.getByRole("row", { name: /^Tổng số hội viên cuối kỳ/ }).getByRole("textbox").fill("760.000");
  await press(/^Ghi chỉ tiêu năm 2026/);
  await page.getByRole("status").first().waitFor();
  await picture("17-targets");
  await wayBack();
  assert.equal(await state("chi-tieu"), "Đã xong");
});

// One annex: which report, its columns as guessed, what it would write, written.
async function load(period, area, signed, { sheets }) {
  await workOn("nam-truoc");
  await page.getByRole("link", { name: "Nạp phụ lục của một báo cáo đã ký" }).click();
  await page.getByLabel(/^Kỳ báo cáo/).selectOption({ label: period });
  // the province of today goes by the name of one of those it was made from: the list keeps them in two groups, the old ones first
  const areas = page.locator("#vung option").filter({ hasText: area.name });
  await page.getByLabel(/^Báo cáo của đơn vị nào/).selectOption(await (area.old ? areas.first() : areas.last()).getAttribute("value"));
  await page.getByLabel(/^Số của báo cáo/).fill("12/BC-HKH");
  await page.getByLabel(/^Ngày ký/).fill(signed);
  await page.getByLabel(/^Người ký/).fill("Nguyễn Đình Sơn, Chủ tịch");
  await page.getByLabel(/^Tệp Excel của phụ lục/).setInputFiles(await fileOf(`phu-luc-${period}-${area.name}.xlsx`.replace(/[ /(),]/g, "-"), sheets));
  await press("Đọc phụ lục");
  await press("Xác nhận và xem đối chiếu");
  await heading(/đối chiếu|Đối chiếu/i).first().waitFor({ timeout: 5000 }).catch(() => {});
  if (await page.getByRole("link", { name: "Dựng tổ chức của thời kỳ trước" }).isVisible()) {
    await page.getByRole("link", { name: "Dựng tổ chức của thời kỳ trước" }).first().click();
    await picture(`18-old-bodies-${period}`.replace(/[ /]/g, "-"));
    await page.getByLabel(/^Căn cứ: số văn bản/).fill("202/2025/QH15");
    await page.getByLabel(/^Ngày ban hành/).fill("12/6/2025");
    await page.getByLabel(/^Cơ quan ban hành/).fill("Quốc hội");
    await press(/^Dựng \d+ tổ chức/);
  }
  await page.locator("button[name=viec][value=ghi]").click();
  await page.locator(".notice.good").first().waitFor();
  await page.getByRole("navigation", { name: "Đường dẫn" }).getByRole("link", { name: "Số liệu các năm trước" }).click();
  await wayBack();
}

const old = (name) => ({ name: `Tỉnh ${name}`, old: true });
const members = async (unit, period) => (await figure("B01", "--unit", unit, "--period", period)).value;

test("The last years come from the annex tables of both old provinces, in the districts and communes of that time", async () => {
  const tables = {};
  for (const [year, period, withCommunes] of [[2025, "6 tháng đầu năm 2025", true], [2024, "năm 2024", true], [2023, "năm 2023", true]])
    for (const province of ["Đắk Lắk", "Phú Yên"]) {
      tables[`${province} ${year}`] = annex(province, year, { withCommunes });
      await load(period, old(province), `20/5/${year}`, tables[`${province} ${year}`]);
    }
  const both = (year, what) => tables[`Đắk Lắk ${year}`].total[what] + tables[`Phú Yên ${year}`].total[what];
  assert.equal(await members("66@2025-06-30", "2025-H1"), tables["Đắk Lắk 2025"].total.members, "as signed, in the territory of then");
  assert.equal(await members("54@2025-06-30", "2025-H1"), tables["Phú Yên 2025"].total.members);
  for (const [year, period] of [[2023, "2023"], [2024, "2024"], [2025, "2025-H1"]]) assert.equal(await members("66", period), both(year, "members"), `both old provinces, in the territory of today, ${period}`);
  assert.equal((await figure("B02", "--unit", "66", "--period", "2025-H1")).value, both(2025, "fresh"));
  assert.equal((await figure("D02", "--unit", "66", "--period", "2025-H1")).value, both(2025, "income"));

  const now = annexOfToday(2025);
  await load("năm 2025", { name: "Tỉnh Đắk Lắk", old: false }, "20/12/2025", now);
  assert.equal(await members("66", "2025"), now.total.members);
  await page.goto(steps);
  await picture("20-steps-at-the-end");
  assert.match(await page.locator("#nam-truoc").textContent(), /Năm 2023: .* hội viên; Năm 2024: .* hội viên; Năm 2025: .* hội viên/);
});

test("The board of the province compares with the same period last year from the first day", async () => {
  await page.goto("/so-lieu?ky=2026-H1");
  await page.getByText("so với cùng kỳ năm 2025 (quy về địa giới hiện nay)").first().waitFor();
  const lastYear = annex("Đắk Lắk", 2025, { withCommunes: true }).total.members + annex("Phú Yên", 2025, { withCommunes: true }).total.members;
  const cells = await page.getByRole("row", { name: /^Toàn tỉnh: 102 xã, phường/ }).getByRole("cell").allTextContents();
  assert.deepEqual(cells.slice(0, 2).map(number), [annexOfToday(2025).total.members, lastYear], "members carried on from the last report, and the same period last year");
  await picture("21-board");
});
