import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import type { RecordView } from '#lib/domain/sync/records/record-view.ts'
import { analyse } from '#lib/testing/database/bulk-tenants.ts'
import { createTenant } from '#lib/testing/database/fixtures.ts'
import { createDatabase, dropDatabase } from '#lib/testing/database/postgres-databases.ts'
import { startPostgres } from '#lib/testing/database/postgres-server.ts'
import { fillRecords } from '#lib/testing/sync/bulk-records.ts'
import { listRecords } from '#lib/use-cases/sync/records/list-records.ts'
import { median, type Section, table } from './section.ts'

const sizes = [1_000, 10_000, Number(process.env.BENCH_CONTACTS || 100_000)]
const rounds = 101

const lastChanged: RecordView = {
  ...{ prefixes: [], status: null, facet: null },
  sort: { by: 'updated', descending: true },
}
const byName = { by: 'name', descending: false } as const

const asked: Record<string, Partial<RecordView>> = {
  'first page': {},
  'by name': { sort: byName },
  'a status': { status: 'deactivated' },
  'a language by name': { facet: 'nl', sort: byName },
  'a common word': { prefixes: ['peeters'] },
  'two common words': { prefixes: ['peeters', 'liege'] },
  'two beginnings': { prefixes: ['pe', 'li'] },
  'an address': { prefixes: ['contact', '777'] },
  'what is not there': { prefixes: ['zzzzzz'] },
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

const measure = async (url: string, contacts: number): Promise<Map<string, number>> => {
  const db = await openDatabase(url)
  try {
    const store = storeOf(db)
    const tenant = await createTenant(store)
    const of = { tenantId: tenant.tenantId, list: 'contacts' } as const
    await fillRecords(db, { ...tenant, list: 'contacts' }, contacts, new Date())
    // what autovacuum does by itself; SQLite is measured as it is left
    if (!url.startsWith('file:')) await analyse(db)
    const { page, count } = listRecords({ store, monotonicMs: () => performance.now() })
    const measured = new Map<string, number>()
    for (let round = 0; round < rounds; round += 1) await page(of, lastChanged, null)
    for (const [name, view] of Object.entries(asked))
      measured.set(name, await time(() => page(of, { ...lastChanged, ...view }, null)))
    const all = async () => {
      const copy = await store.records.copy(of)
      await count(of, copy?.change ?? 0)
      await store.records.values(of, 'status', 8)
      await store.records.values(of, 'facet', 8)
      await page(of, { ...lastChanged, prefixes: ['peeters'] }, null)
    }
    measured.set('all that a page reads', await time(all))
    return measured
  } finally {
    await db.close()
  }
}

const compare = async (dialect: string, urlOf: (size: number) => Promise<string>) => {
  const columns: Map<string, number>[] = []
  for (const size of sizes) columns.push(await measure(await urlOf(size), size))
  const rows = [...(columns[0]?.keys() ?? [])].map((name) => {
    const ms = columns.map((column) => column.get(name) ?? Number.NaN)
    return [name, ...ms.map((one) => one.toFixed(2)), ((ms.at(-1) ?? 0) / (ms[0] ?? 1)).toFixed(2)]
  })
  return table([`${dialect}, ms`, ...sizes.map((size) => `${size} contacts`), 'last to first'], rows)
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
      const database = `porte_cles_bench_records_${size}_${process.pid}`
      made.push(database)
      return createDatabase(postgres.url, database)
    })
  } finally {
    for (const database of made) await dropDatabase(postgres.url, database)
    await postgres.stop()
  }
}

/** How long a list of copied records takes with few and very many of them, on both databases. */
export const recordSearch: Section = {
  name: 'search',
  title: 'Copied records',
  measure: async () =>
    [
      await onSqlite(),
      await onPostgres(),
      'Lists are walked by index. Of a word, at most a thousand records are put in order, and at most three thousand places are looked at.',
    ].join('\n\n'),
}
