import { randomUUID } from 'node:crypto'
import { asc, count, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import type { Queries } from '#lib/adapters/store/engine/queries.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { Failure } from '#lib/domain/failure.ts'
import { entryOf, noon, plus } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const tenant = (name: string, ref: string | null = null) => ({
  id: randomUUID() as TenantId,
  name,
  ref,
  createdAt: noon,
})

const nobody = 'nobody' as TenantId

const names = async ({ q, tables: { tenants } }: Database) =>
  (await q.select({ name: tenants.name }).from(tenants).orderBy(asc(tenants.name))).map(({ name }) => name)

describe.each(dialects)('any store on $dialect', ({ test }) => {
  const rename =
    ({ tables: { tenants } }: Database, id: TenantId, name: string) =>
    (q: Queries) =>
      q.update(tenants).set({ name }).where(eq(tenants.id, id)).returning({ id: tenants.id, name: tenants.name })

  test('a lost guard writes nothing and is answered null', async ({ db }) => {
    const { tenants } = db.tables
    const answer = await db.atomically({
      guard: rename(db, nobody, 'renamed'),
      then: (q) => [q.insert(tenants).values(tenant('stray'))],
    })
    expect(answer).toBeNull()
    expect(await names(db)).toEqual([])
  })

  test('a lost guard does not even build what would follow', async ({ db }) => {
    let built = false
    await db.atomically({
      guard: rename(db, nobody, 'renamed'),
      then: () => {
        built = true
        return []
      },
    })
    expect(built).toBe(false)
  })

  test('a won guard answers its row, and what follows is written with it', async ({ db }) => {
    const { tenants } = db.tables
    const first = tenant('first')
    await db.q.insert(tenants).values(first)
    const answer = await db.atomically({
      guard: rename(db, first.id, 'renamed'),
      then: (q) => [q.insert(tenants).values(tenant('second')), q.insert(tenants).values(tenant('third'))],
    })
    expect(answer).toEqual({ id: first.id, name: 'renamed' })
    expect(await names(db)).toEqual(['renamed', 'second', 'third'])
  })

  test('a statement that fails after a won guard takes everything back', async ({ db }) => {
    const { tenants } = db.tables
    const first = tenant('first')
    await db.q.insert(tenants).values(first)
    const step = db.atomically({
      guard: rename(db, first.id, 'renamed'),
      then: (q) => [q.insert(tenants).values(tenant('second')), q.insert(tenants).values(first)],
    })
    await expect(step).rejects.toThrow(Failure)
    expect(await names(db)).toEqual(['first'])
  })

  test('code that throws while building the statements takes the guard back', async ({ db }) => {
    const first = tenant('first')
    await db.q.insert(db.tables.tenants).values(first)
    const step = db.atomically({
      guard: rename(db, first.id, 'renamed'),
      then: () => {
        throw new Error('a bug')
      },
    })
    await expect(step).rejects.toThrow()
    expect(await names(db)).toEqual(['first'])
  })

  test('the statements see what the guard wrote, and nobody else does before the end', async ({ db }) => {
    const { tenants } = db.tables
    const first = tenant('first')
    await db.q.insert(tenants).values(first)
    const renamed = (q: Queries) => q.update(tenants).set({ ref: 'seen' }).where(eq(tenants.name, 'renamed'))
    await db.atomically({ guard: rename(db, first.id, 'renamed'), then: (q) => [renamed(q)] })
    const [row] = await db.q.select().from(tenants)
    expect(row?.ref).toBe('seen')
  })

  test('of many steps that stand on the same value, one wins', async ({ db }) => {
    const { tenants } = db.tables
    const first = tenant('first')
    await db.q.insert(tenants).values(first)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        db.atomically({
          guard: (q) =>
            q
              .update(tenants)
              .set({ name: `winner ${index}` })
              .where(eq(tenants.name, 'first'))
              .returning({ name: tenants.name }),
          then: (q) => [q.insert(tenants).values(tenant(`follower ${index}`))],
        }),
      ),
    )
    const won = answers.filter((answer) => answer !== null)
    expect(won).toHaveLength(1)
    const winner = String(won[0]?.name)
    expect(await names(db)).toEqual([winner.replace('winner', 'follower'), winner])
  })

  test('a failure says nothing of the values it was bound to', async ({ db }) => {
    const row = tenant('A Very Secret Name')
    await db.q.insert(db.tables.tenants).values(row)
    const failed: unknown = await db
      .atomically({
        guard: rename(db, row.id, 'An Other Secret'),
        then: (q) => [q.insert(db.tables.tenants).values(row)],
      })
      .catch((error: unknown) => error)
    expect(failed).toMatchObject({ code: 'storage_unavailable' })
    const reported = failed as Failure
    expect([reported.message, reported.stack, JSON.stringify(reported), String(reported.cause)].join()).not.toContain(
      'Secret',
    )
  })

  test('instants keep their milliseconds, flags are booleans, details are objects', async ({ db, store }) => {
    const at = new Date('2026-03-29T01:59:59.987Z')
    const detail = { error: 'déjà « vu »', requests: 3, enabled: false, hint: null }
    await store.journal.append(entryOf('identity.failed', { at, detail }))
    const [row] = await db.q.select().from(db.tables.journal)
    expect(row).toMatchObject({ at, detail, tenantId: null })
    const { id: tenantId } = tenant('any')
    await db.q.insert(db.tables.tenants).values({ ...tenant('any'), id: tenantId })
    const connection = { id: randomUUID(), tenantId, provider: 'teamleader', state: 'unconfigured' } as const
    const rest = { revision: 2 ** 31 - 1, enabled: false, since: at, attempts: 0 }
    await db.q.insert(db.tables.connections).values({ ...connection, ...rest })
    const [read] = await db.q.select().from(db.tables.connections)
    expect(read).toMatchObject({ ...connection, ...rest, pausedAt: null })
  })

  test('instants are ordered and compared by the database as in code', async ({ db }) => {
    const { throttleLog } = db.tables
    const rows = [3, 1, 2].map((ms) => ({ id: String(ms), bucket: 'order', at: plus(ms) }))
    await db.q.insert(throttleLog).values(rows)
    const read = await db.q.select().from(throttleLog).orderBy(asc(throttleLog.at))
    expect(read.map(({ id }) => id)).toEqual(['1', '2', '3'])
    expect(
      await db.q
        .select()
        .from(throttleLog)
        .where(eq(throttleLog.at, plus(2))),
    ).toHaveLength(1)
  })

  test('a reference is used once, and no reference as often as one likes', async ({ db }) => {
    const { tenants } = db.tables
    await db.q.insert(tenants).values([tenant('a'), tenant('b'), tenant('c', '48213')])
    await expect(db.q.insert(tenants).values(tenant('d', '48213'))).rejects.toThrow()
    expect(await names(db)).toEqual(['a', 'b', 'c'])
  })

  test('counts are numbers', async ({ db }) => {
    const [row] = await db.q.select({ n: count() }).from(db.tables.tenants)
    expect(row).toEqual({ n: 0 })
  })

  test('a row cannot point at a tenant that is not there', async ({ db }) => {
    const orphan = { id: randomUUID(), tenantId: nobody, provider: 'teamleader', state: 'unconfigured' } as const
    const rest = { revision: 0, enabled: true, since: noon, attempts: 0 }
    await expect(db.q.insert(db.tables.connections).values({ ...orphan, ...rest })).rejects.toThrow()
  })

  test('what one handle wrote, another on the same address reads; opening again migrates nothing', async ({
    db,
    url,
  }) => {
    await db.q.insert(db.tables.tenants).values(tenant('shared'))
    const second = await openDatabase(url)
    try {
      expect(await names(second)).toEqual(['shared'])
      expect(await second.pendingMigrations()).toBe(0)
    } finally {
      await second.close()
    }
  })
})
