// DuckDB over the facts of the roll-up benchmark: prints one line of JSON with the warm medians in milliseconds and the checksums.
// Arguments: a scratch database file, the file of ranges ("province first last" a line).
import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'

const [databasePath, rangesPath] = process.argv.slice(2)
const instance = await DuckDBInstance.create(databasePath, { threads: '2', memory_limit: '8GB' })
const connection = await instance.connect()
const run = (sql) => connection.run(sql)
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRows()

async function medianMs(sql, times) {
  const taken = []
  let answer = []
  for (let round = 0; round <= times; ++round) {
    const start = process.hrtime.bigint()
    answer = await rows(sql)
    if (round > 0) taken.push(Number(process.hrtime.bigint() - start) / 1e6)
  }
  taken.sort((a, b) => a - b)
  const sum = answer.reduce((total, row) => total + BigInt(row[row.length - 1]), 0n)
  return { ms: taken[Math.floor(taken.length / 2)], sum: Number(sum), rows: answer.length }
}

const ranges = readFileSync(rangesPath, 'utf8').trim().split('\n').map((line) => line.split(' ').map(Number))
await run('CREATE TABLE province (id SMALLINT, first_unit INTEGER, last_unit INTEGER)')
await run(`INSERT INTO province VALUES ${ranges.map((range) => `(${range.join(',')})`).join(',')}`)

const loadStart = process.hrtime.bigint()
await run(`CREATE TABLE fact AS
  SELECT m::SMALLINT AS measure, t::SMALLINT AS month, p.id AS province, u::INTEGER AS unit, ((31 * u + 17 * m + 7 * t) % 1000)::INTEGER AS amount
  FROM range(40) measures(m), range(24) months(t), province p, range(1, 200001) units(u)
  WHERE u % 8 = (5 * m + 3 * t) % 8 AND u BETWEEN p.first_unit AND p.last_unit
  ORDER BY measure, month, unit`)
const loadMs = Number(process.hrtime.bigint() - loadStart) / 1e6

const facts = Number((await rows('SELECT count(*) FROM fact'))[0][0])
const national = await medianMs('SELECT province, measure, sum(amount) FROM fact WHERE month < 12 GROUP BY province, measure', 7)
const province = await medianMs('SELECT measure, sum(amount) FROM fact WHERE province = 0 AND month < 12 GROUP BY measure', 7)
const series = await medianMs('SELECT month, sum(amount) FROM fact WHERE measure = 7 GROUP BY month', 7)

const rollupStart = process.hrtime.bigint()
await run('CREATE TABLE rollup AS SELECT province, measure, month, sum(amount)::BIGINT AS amount FROM fact GROUP BY ALL ORDER BY ALL')
const rollupBuildMs = Number(process.hrtime.bigint() - rollupStart) / 1e6
const nationalRollup = await medianMs('SELECT province, measure, sum(amount)::BIGINT FROM rollup WHERE month < 12 GROUP BY province, measure', 15)

console.log(JSON.stringify({ facts, loadMs, national, province, series, rollupBuildMs, nationalRollup }))
