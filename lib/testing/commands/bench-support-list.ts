import '#lib/commands/require-node.mjs'

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '#lib/adapters/store/engine/database.ts'
import { store } from '#lib/adapters/store/store.ts'
import type { ConsoleView } from '#lib/domain/support/console-view.ts'
import { listConnections } from '#lib/use-cases/support/list-connections.ts'
import { analyse } from '../database/bulk-tenants.ts'
import { createDatabase, dropDatabase } from '../database/postgres-databases.ts'
import { startPostgres } from '../database/postgres-server.ts'
import { seedTenants } from '../database/seed-tenants.ts'

/** How long support's list takes with very many tenants, beside a hundredth of them, on both databases. */

const many = Number(process.env.BENCH_TENANTS || 100_000)
const few = Math.ceil(many / 100)
const rounds = 101

const print = (line: string) => process.stdout.write(`${line}\n`)

const everything: ConsoleView = {
  ...{ prefixes: [], urgency: null, provider: null, failedSince: null },
  sort: { by: 'urgency', descending: false },
}

const asked: Record<string, Partial<ConsoleView>> = {
  'first page': {},
  'by name': { sort: { by: 'name', descending: true } },
  'a reference': { prefixes: ['10077'] },
  'a name and its town': { prefixes: ['peeters', 'liege'] },
  'a name, a reference': { prefixes: ['boulangerie', '10036'] },
  'a broad word': { prefixes: ['b'] },
  'a state': { urgency: 'reconnect_required' },
  'a state by name': { urgency: 'connected', provider: 'teo', sort: { by: 'name', descending: false } },
}

/** Milliseconds, the median of all rounds. */
const time = async (work: () => Promise<unknown>) => {
  const taken: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now()
    await work()
    taken.push(performance.now() - from)
  }
  return taken.sort((a, b) => a - b)[rounds >> 1] as number
}

const measure = async (db: Database): Promise<Map<string, number>> => {
  const opened = store(db)
  const page = listConnections({ store: opened })
  const measured = new Map<string, number>()
  for (let round = 0; round < rounds; round += 1) await page(everything, null)
  for (const [name, view] of Object.entries(asked))
    measured.set(name, await time(() => page({ ...everything, ...view }, null)))
  const { next } = await page(everything, null)
  if (next) measured.set('next page', await time(() => page(everything, { place: next, backward: false })))
  measured.set('the counts', await time(() => opened.console.count(new Date())))
  return measured
}

const fill = async (url: string, tenants: number) => {
  const db = await openDatabase(url)
  try {
    await seedTenants(db, 0, tenants, new Date())
    // what autovacuum does by itself; SQLite is measured as it is left
    if (!url.startsWith('file:')) await analyse(db)
    return await measure(db)
  } finally {
    await db.close()
  }
}

const row = (cells: string[]) => cells.map((cell, at) => (at === 0 ? cell.padEnd(22) : cell.padStart(14))).join('')

const compare = async (dialect: string, urlOf: (name: string) => Promise<string>) => {
  const small = await fill(await urlOf('few'), few)
  const large = await fill(await urlOf('many'), many)
  print(`\n${row([dialect, `${few}, ms`, `${many}, ms`, 'ratio'])}`)
  for (const [name, ms] of large) {
    const before = small.get(name)
    if (before) print(row([name, before.toFixed(2), ms.toFixed(2), (ms / before).toFixed(2)]))
  }
}

const folder = mkdtempSync(join(tmpdir(), 'porte-cles-bench-'))
try {
  await compare('SQLite', async (name) => `file:${join(folder, `${name}.db`)}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const postgres = await startPostgres()
const made: string[] = []
try {
  await compare('PostgreSQL', (name) => {
    const database = `porte_cles_bench_${name}_${process.pid}`
    made.push(database)
    return createDatabase(postgres.url, database)
  })
} finally {
  for (const database of made) await dropDatabase(postgres.url, database)
  await postgres.stop()
}
