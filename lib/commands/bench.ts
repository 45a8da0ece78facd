import './require-node.mjs'

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareConnection } from './bench/http-connection.ts'
import { load, type Measured } from './bench/load.ts'
import { type Subject, startSubjects } from './bench/servers.ts'
import { isBuilt } from './demo/build.ts'

/** How fast back ends are handed a fresh token, beside a bare Node server and a bare route of Next, in one run. */

const seconds = Number(process.env.BENCH_SECONDS || 2)
const rounds = 3
const bulkSizes = [10, 50]

const print = (line: string) => process.stdout.write(`${line}\n`)

/** In turn, so that what else the machine does meets them all; of each the round whose rate is the median. */
const measure = async (subjects: Subject[], bulkTenants: number): Promise<Measured[]> => {
  const measured = subjects.map((): Measured[] => [])
  for (let round = 0; round < rounds; round += 1)
    for (const [index, { target }] of subjects.entries())
      measured[index]?.push(await load(target, bulkTenants, seconds))
  return measured.map((all) => all.sort((a, b) => a.rate - b.rate)[rounds >> 1] as Measured)
}

const row = (cells: (string | number)[]) =>
  cells.map((cell, index) => (index === 0 ? `${cell}`.padEnd(22) : `${cell}`.padStart(14))).join('')

const report = (bulkTenants: number, subjects: Subject[], measured: Measured[]) => {
  print(`\n${row([`${bulkTenants} connections`, 'answers/s', 'p50 ms', 'p99 ms', 'of bare Node'])}`)
  const whole = measured[0]?.rate ?? 0
  for (const [index, { rate, p50Ms, p99Ms }] of measured.entries())
    print(row([subjects[index]?.name ?? '', rate.toFixed(0), p50Ms, p99Ms, `${((100 * rate) / whole).toFixed(1)} %`]))
}

const run = async (folder: string) => {
  const settings = { DATABASE_URL: `file:${join(folder, 'bench.db')}`, LOG_LEVEL: 'warn' }
  const { key, cost } = await prepareConnection(settings)
  if (!isBuilt()) print('The build is missing or old: run npm run build to measure a route of Next too.')
  const { subjects, stop } = await startSubjects(settings, key, isBuilt())
  try {
    for (const { target } of subjects) await load(target, 10, 2)
    for (const bulkTenants of bulkSizes) report(bulkTenants, subjects, await measure(subjects, bulkTenants))
  } finally {
    await stop()
  }
  print(
    `\nA read of a fresh token: ${cost.statements} statements, ${cost.writes} writes; once a minute its use is noted.`,
  )
}

const folder = mkdtempSync(join(tmpdir(), 'porte-cles-bench-'))
try {
  await run(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
