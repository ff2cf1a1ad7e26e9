// Workbooks as people send them, made by the tests themselves: rows of texts and numbers, merged cells, several sheets.
import { crc32, deflateRawSync } from "node:zlib";

const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
export const letters = (column) => (column > 26 ? letters(Math.floor((column - 1) / 26)) : "") + String.fromCharCode(65 + ((column - 1) % 26));

function sheetXml({ rows, merged = [] }) {
  const cell = (value, row, column) => {
    if (value === null || value === undefined || value === "") return "";
    const at = `${letters(column)}${row}`;
    return typeof value === "number" ? `<c r="${at}"><v>${value}</v></c>` : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  };
  const body = rows.map((values, at) => `<row r="${at + 1}">${values.map((value, column) => cell(value, at + 1, column + 1)).join("")}</row>`).join("");
  const joined = merged.length ? `<mergeCells count="${merged.length}">${merged.map((range) => `<mergeCell ref="${range}"/>`).join("")}</mergeCells>` : "";
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${body}</sheetData>${joined}</worksheet>`;
}

// [{ name, data }] as a zip archive.
function zip(files) {
  const parts = [], index = [];
  let at = 0;
  for (const { name, data } of files) {
    const content = Buffer.from(data), packed = deflateRawSync(content), file = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0); head.writeUInt16LE(20, 4); head.writeUInt16LE(0x0800, 6); head.writeUInt16LE(8, 8); head.writeUInt16LE(0, 10); head.writeUInt16LE(0x21, 12);
    head.writeUInt32LE(crc32(content), 14); head.writeUInt32LE(packed.length, 18); head.writeUInt32LE(content.length, 22); head.writeUInt16LE(file.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0); entry.writeUInt16LE(20, 4); head.copy(entry, 6, 4, 30); entry.writeUInt32LE(at, 42);
    parts.push(head, file, packed);
    index.push(entry, file);
    at += head.length + file.length + packed.length;
  }
  const directory = Buffer.concat(index), end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(files.length, 8); end.writeUInt16LE(files.length, 10); end.writeUInt32LE(directory.length, 12); end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

// workbook([{ name: "Danh sách", rows: [["Tên", "Số"], ["Thôn 8", 120]], merged: ["A1:B1"] }]) → the bytes of an .xlsx
export function workbook(sheets) {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", packaged = "http://schemas.openxmlformats.org/package/2006";
  const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`;
  return zip([
    { name: "[Content_Types].xml", data: `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${sheets.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join("")}</Types>` },
    { name: "_rels/.rels", data: `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>` },
    { name: "xl/workbook.xml", data: `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${sheets.map(({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join("")}</sheets></workbook>` },
    { name: "xl/_rels/workbook.xml.rels", data: `${head}<Relationships xmlns="${packaged}/relationships">${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join("")}</Relationships>` },
    ...sheets.map((sheet, at) => ({ name: `xl/worksheets/sheet${at + 1}.xml`, data: sheetXml(sheet) })),
  ]);
}
