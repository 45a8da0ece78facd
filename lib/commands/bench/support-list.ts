import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { store } from '#lib/adapters/store/store.ts'
import type { ConsoleView } from '#lib/domain/support/console-view.ts'
import { analyse } from '#lib/testing/database/bulk-tenants.ts'
import { createDatabase, dropDatabase } from '#lib/testing/database/postgres-databases.ts'
import { startPostgres } from '#lib/testing/database/postgres-server.ts'
import { seedTenants } from '#lib/testing/database/seed-tenants.ts'
import { listConnections } from '#lib/use-cases/support/list-connections.ts'
import { median, type Section, table } from './section.ts'

const sizes = [1000, 10_000, Number(process.env.BENCH_TENANTS || 100_000)]
const rounds = 101

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
  return median(taken)
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

const compare = async (dialect: string, urlOf: (size: number) => Promise<string>) => {
  const columns: Map<string, number>[] = []
  for (const size of sizes) columns.push(await fill(await urlOf(size), size))
  const [first] = columns
  const rows = [...(first?.keys() ?? [])].map((name) => {
    const ms = columns.map((column) => column.get(name) ?? Number.NaN)
    return [name, ...ms.map((one) => one.toFixed(2)), ((ms.at(-1) ?? 0) / (ms[0] ?? 1)).toFixed(2)]
  })
  return table([`${dialect}, ms`, ...sizes.map((size) => `${size} tenants`), 'last to first'], rows)
}

const onSqlite = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'porte-cles-bench-'))
  try {
    return await compare('SQLite', async (size) => `file:${join(folder, `${size}.db`)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const onPostgres = async () => {
  const postgres = await startPostgres()
  const made: string[] = []
  try {
    return await compare('PostgreSQL', (size) => {
      const database = `porte_cles_bench_${size}_${process.pid}`
      made.push(database)
      return createDatabase(postgres.url, database)
    })
  } finally {
    for (const database of made) await dropDatabase(postgres.url, database)
    await postgres.stop()
  }
}

/** How long support's list takes with few and very many tenants, on both databases. */
export const supportList: Section = {
  name: 'support-list',
  title: 'Support’s list',
  measure: async () =>
    [
      await onSqlite(),
      await onPostgres(),
      'All of it is walked by index: a page costs what it shows, not what there is.',
    ].join('\n\n'),
}
