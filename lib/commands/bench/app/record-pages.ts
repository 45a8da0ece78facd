import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { analyse } from '#lib/testing/database/bulk-tenants.ts'
import { createDatabase, dropDatabase } from '#lib/testing/database/postgres-databases.ts'
import { startPostgres } from '#lib/testing/database/postgres-server.ts'
import { bulkId, fillRecords } from '#lib/testing/sync/bulk-records.ts'
import { AppServer } from '../../../../e2e/harness/app-server.ts'
import { connectAhead } from '../../../../e2e/harness/connection.ts'
import { newCustomer, sessionCookieOf } from '../../../../e2e/harness/customer.ts'
import { median, type Section, table } from '../section.ts'

const sizes = [1_000, Number(process.env.BENCH_CONTACTS || 100_000)] as const
const [warmUp, rounds] = [20, 101]
/** Records beside the generated ones whose name no other has: as many in each size. */
const rare = { name: 'Zeldenthuis', count: 30 }

/** What is asked of a list, and how many records its page shows in each size. */
const asked: Record<string, { query: string; shown: number }> = {
  'first page': { query: '', shown: 50 },
  'by name': { query: '?sort=name', shown: 50 },
  'a status': { query: '?status=active', shown: 50 },
  'a language by name': { query: '?facet=nl&sort=name', shown: 50 },
  'a rare word': { query: `?q=${rare.name}`, shown: rare.count },
  'a common word': { query: '?q=p', shown: 50 },
  'two beginnings': { query: '?q=c+b', shown: 50 },
  'what is not there': { query: '?q=zzzzzz', shown: 0 },
}

interface Subject {
  server: AppServer
  get(query: string): Promise<string>
}

/** The built app without background work, on a database of one customer with so many contacts. */
const startSubject = async (size: number, settings: Record<string, string>): Promise<Subject> => {
  const server = await AppServer.open({ LOG_LEVEL: 'warn', WORKER: 'external', ...settings })
  const customer = await newCustomer(server)
  await connectAhead(server, customer)
  await server.inDatabase(async (db) => {
    const { connections } = db.tables
    const [connection] = await db.q.select().from(connections).where(eq(connections.tenantId, customer.tenantId))
    const of = {
      tenantId: customer.tenantId as TenantId,
      connectionId: connection?.id ?? '',
      list: 'contacts',
    } as const
    const now = new Date()
    const copy = await fillRecords(db, of, size, now)
    const at = new Date(now.getTime() - 3_600_000).toISOString()
    const names = Array.from({ length: rare.count }, (_, nth) => ({
      ...{ id: bulkId(size + nth), first_name: `Noor ${nth}`, last_name: rare.name, status: 'active' },
      ...{ emails: [], telephones: [], tags: [], added_at: at, updated_at: at },
    }))
    await copy.page(names, { completeAt: now, provenAt: now })
    if (settings.DATABASE_URL) await analyse(db)
  })
  const { name, value } = await sessionCookieOf(server, customer)
  const headers = { cookie: `${name}=${value}; porte-cles-locale=fr` }
  const get = async (query: string) => {
    const answer = await fetch(`${server.url}/administratif/contacts${query}`, { headers, redirect: 'manual' })
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`${query} was answered ${answer.status}`)
    return text
  }
  return { server, get }
}

const shownIn = (page: string) => new Set(page.match(/\/administratif\/contacts\/\d+/g)).size

/** Milliseconds of a page of each size, the medians: asked in turn, so that both meet the same machine. */
const time = async (subjects: readonly Subject[], query: string): Promise<number[]> => {
  const taken = subjects.map((): number[] => [])
  for (let round = 0; round < warmUp + rounds; round += 1)
    for (const [at, { get }] of subjects.entries()) {
      const from = performance.now()
      await get(query)
      if (round >= warmUp) taken[at]?.push(performance.now() - from)
    }
  return taken.map(median)
}

const compare = async (dialect: string, settingsOf: (size: number) => Promise<Record<string, string>>) => {
  const subjects: Subject[] = []
  try {
    for (const size of sizes) subjects.push(await startSubject(size, await settingsOf(size)))
    // what the start leaves to do
    await sleep(2_000)
    const rows: (string | number)[][] = []
    for (const [name, { query, shown }] of Object.entries(asked)) {
      for (const { get } of subjects) {
        const found = shownIn(await get(query))
        if (found !== shown) throw new Error(`${dialect}, ${name}: ${found} records are shown instead of ${shown}`)
      }
      const [few = Number.NaN, many = Number.NaN] = await time(subjects, query)
      rows.push([name, shown, few.toFixed(1), many.toFixed(1), (many / few).toFixed(2)])
    }
    const head = [`${dialect}, ms a page`, 'records shown', ...sizes.map((size) => `${size} contacts`), 'last to first']
    return table(head, rows)
  } finally {
    for (const { server } of subjects) await server.close()
  }
}

const onPostgres = async () => {
  const postgres = await startPostgres()
  const made: string[] = []
  try {
    return await compare('PostgreSQL', async (size) => {
      const database = `porte_cles_bench_pages_${size}_${process.pid}`
      made.push(database)
      return { DATABASE_URL: await createDatabase(postgres.url, database) }
    })
  } finally {
    for (const database of made) await dropDatabase(postgres.url, database)
    await postgres.stop()
  }
}

/** What a whole page of a list takes with few and very many records, on both databases, where it shows as many of them. */
export const recordPages: Section = {
  name: 'record-pages',
  title: 'Pages of copied records',
  needsBuild: true,
  measure: async () =>
    [
      await compare('SQLite', async () => ({})),
      await onPostgres(),
      `From the request to the last byte of the page, the medians of ${rounds}, asked of both sizes in turn. A page shows as many records in each.`,
    ].join('\n\n'),
}
