// Adds up the figures of every workbook of a folder as an office would with exceljs: {"ms", "books", "total"}. The first row holds heads, the first column names.
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import ExcelJS from 'exceljs'

const folder = process.argv[2]
const files = (await readdir(folder)).filter((name) => name.endsWith('.xlsx'))
const began = performance.now()
const sums = []
for (const file of files) {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(await readFile(path.join(folder, file)))
  workbook.worksheets[0].eachRow((row, number) => {
    if (number === 1) return
    row.eachCell((cell, column) => { if (typeof cell.value === 'number') sums[column] = (sums[column] ?? 0) + cell.value })
  })
}
const out = new ExcelJS.Workbook()
out.addWorksheet('Tổng hợp').addRow(sums)
await out.xlsx.writeBuffer()
console.log(JSON.stringify({ ms: performance.now() - began, books: files.length, total: sums.reduce((whole, one) => whole + (one ?? 0), 0) }))
