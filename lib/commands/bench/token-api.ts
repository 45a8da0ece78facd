import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isBuilt } from '../demo/build.ts'
import { prepareConnection } from './http-connection.ts'
import { load, type Measured } from './load.ts'
import { type Section, table } from './section.ts'
import { type Subject, startSubjects } from './servers.ts'

const seconds = Number(process.env.BENCH_SECONDS || 2)
const rounds = 3
const connectionCounts = [10, 50]

/** In turn, so that what else the machine does meets them all; of each the round whose rate is the median. */
const measureAll = async (subjects: Subject[], connections: number): Promise<Measured[]> => {
  const measured = subjects.map((): Measured[] => [])
  for (let round = 0; round < rounds; round += 1)
    for (const [index, { target }] of subjects.entries())
      measured[index]?.push(await load(target, connections, seconds))
  return measured.map((all) => all.sort((a, b) => a.rate - b.rate)[rounds >> 1] as Measured)
}

const rowsOf = (connections: number, subjects: Subject[], measured: Measured[]) => {
  const whole = measured[0]?.rate ?? 0
  return measured.map(({ rate, p50Ms, p99Ms }, at) => [
    subjects[at]?.name ?? '',
    connections,
    rate.toFixed(0),
    p50Ms,
    p99Ms,
    `${((100 * rate) / whole).toFixed(1)} %`,
  ])
}

/** The background work of the measured process finds no provider: nothing leaves this machine. */
const nobody = Object.fromEntries(
  ['TEAMLEADER_OAUTH_URL', 'TEAMLEADER_API_URL', 'TEO_AUTH_URL', 'TEO_API_URL'].map((name) => [
    name,
    'http://127.0.0.1:9',
  ]),
)

const measureIn = async (folder: string): Promise<string> => {
  const settings = {
    DATABASE_URL: `file:${join(folder, 'bench.db')}`,
    LOG_LEVEL: 'silent',
    API_CALLS_PER_SECOND: '0',
    ...nobody,
  }
  const { key, cost } = await prepareConnection(settings)
  const { subjects, stop } = await startSubjects(settings, key, isBuilt())
  try {
    for (const { target } of subjects) await load(target, 10, 2)
    const rows = []
    for (const connections of connectionCounts)
      rows.push(...rowsOf(connections, subjects, await measureAll(subjects, connections)))
    return [
      table(['fresh token', 'connections', 'answers/s', 'p50 ms', 'p99 ms', 'of bare Node'], rows),
      `A read of a fresh token: ${cost.statements} statements, ${cost.writes} writes.`,
      'Each answer costs the same indexed read, whatever number of tenants there is.',
      ...(isBuilt() ? [] : ['The build was missing or old: no route of Next was measured beside it.']),
    ].join('\n\n')
  } finally {
    await stop()
  }
}

/** How fast back ends are handed a fresh token, beside a bare Node server and a bare route of Next. */
export const tokenApi: Section = {
  name: 'token-api',
  title: 'Tokens for back ends',
  measure: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'porte-cles-bench-'))
    try {
      return await measureIn(folder)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
