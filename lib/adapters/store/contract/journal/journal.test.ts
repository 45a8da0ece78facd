import { randomUUID } from 'node:crypto'
import { asc, eq, sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import { outcomeOf } from '#lib/domain/journal/journal-outcome.ts'
import {
  eventsOfKind,
  type JournalFilter,
  type JournalPlace,
  type JournalScope,
  journalKinds,
  routine,
  wholeJournal,
} from '#lib/domain/journal/journal-view.ts'
import type { Store } from '#lib/ports/deps.ts'
import { createTenant, entryOf, newUser, noon, plus } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { explain, type Sent, watchStatements } from '#lib/testing/database/statements.ts'

const all = wholeJournal
const noTerm = {
  events: [],
  outcomes: [],
  failed: false,
  actors: [],
  people: [],
  providers: [],
  tenant: null,
  fact: null,
}
const events = journalKinds.flatMap(eventsOfKind)
/** Comes by every event, whatever their number. */
const stride = [7, 11, 13].find((prime) => events.length % prime !== 0) ?? 1
const minute = 60_000

/** Straight into the table, some at the same instant. */
const fill = async ({ q, tables: { journal } }: Database, tenantIds: TenantId[], length: number) => {
  const rows = Array.from({ length }, (_, index) => ({
    id: randomUUID(),
    at: plus(Math.floor(index / 3) * minute),
    tenantId: tenantIds[index % tenantIds.length] ?? null,
    connectionId: null,
    actor: 'system' as const,
    event: events[(Math.floor(index / 3) * stride) % events.length] as JournalEvent,
    outcome: index % 5 === 0 ? ('provider_unavailable' as const) : ('ok' as const),
    detail: {},
  }))
  for (let from = 0; from < length; from += 2000) await q.insert(journal).values(rows.slice(from, from + 2000))
  return rows
}

const readPages = async (store: Store, scope: JournalScope, filter: JournalFilter, length: number) => {
  const read: string[] = []
  let after: JournalPlace | null = null
  for (;;) {
    const page = await store.journal.list(scope, filter, after, length)
    read.push(...page.map(({ id }) => id))
    after = page.at(-1) ?? null
    if (page.length < length) return read
  }
}

const analyse = ({ q }: Database) =>
  (q as unknown as Record<'run' | 'execute', (s: unknown) => unknown>)['execute' in q ? 'execute' : 'run'](sql`ANALYZE`)

describe.each(dialects)('the journal on $dialect', ({ test }) => {
  const period = { from: plus(20 * minute), until: plus(60 * minute) }
  const filters: [string, Partial<JournalFilter>][] = [
    ['everything', {}],
    ['all but routine', { without: routine }],
    ['failures of a period', { outcome: 'failed', ...period }],
    ['failed alerts', { events: eventsOfKind('alerts'), outcome: 'failed' }],
    ['the word for failures', { events: eventsOfKind('alerts'), terms: [{ ...noTerm, failed: true }] }],
    ...journalKinds.map((kind): [string, Partial<JournalFilter>] => [kind, { events: eventsOfKind(kind) }]),
    ['successes of a kind, in a period', { events: eventsOfKind('sign_ins'), outcome: 'ok', ...period }],
  ]

  test('is read once and in order, page by page, whatever is asked', async ({ db, store }) => {
    const [ours, theirs] = [randomUUID() as TenantId, randomUUID() as TenantId]
    await fill(db, [ours, ours, theirs], 700)
    const stored = await db.q.select().from(db.tables.journal).where(eq(db.tables.journal.tenantId, ours))
    for (const [name, asked] of filters) {
      const filter = { ...all, ...asked }
      const expected = stored
        .filter(({ event }) => filter.events?.includes(event) ?? true)
        .filter(({ event }) => !filter.without.includes(event))
        .filter((row) => filter.outcome === null || (outcomeOf(row) === 'ok') === (filter.outcome === 'ok'))
        .filter((row) => !filter.terms.some(({ failed }) => failed) || outcomeOf(row) !== 'ok')
        .filter(({ at }) => (!filter.from || at >= filter.from) && (!filter.until || at < filter.until))
        .sort((one, other) => other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : -1))
        .map(({ id }) => id)
      expect(expected.length, name).toBeGreaterThan(0)
      expect(await readPages(store, ours, filter, 20), name).toEqual(expected)
      expect(await store.journal.count(ours, filter), name).toBe(expected.length)
    }
  })

  test('of all is that of every tenant and of none, in one order', async ({ db, store }) => {
    const [one, other] = [randomUUID() as TenantId, randomUUID() as TenantId]
    await fill(db, [one, other], 300)
    await store.journal.append({ ...entryOf('database.backed_up', { at: plus(500 * minute) }), tenantId: null })
    const stored = await db.q.select().from(db.tables.journal)
    for (const events of [null, eventsOfKind('sign_ins'), eventsOfKind('exports')]) {
      const expected = stored
        .filter(({ event }) => events?.includes(event) ?? true)
        .sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))
        .map(({ id }) => id)
      expect(await readPages(store, 'all', { ...all, events }, 20)).toEqual(expected)
      expect(await store.journal.count('all', { ...all, events })).toBe(expected.length)
    }
  })

  test('names the people of the tenant and of support, and nobody else', async ({ store }) => {
    const { tenantId, userId, connectionId } = await createTenant(store)
    const [support, otherAdmin] = [
      newUser(null, { name: 'Anne' }),
      newUser((await createTenant(store, 'Autre')).tenantId),
    ]
    await store.accounts.addUser(support, entryOf('user.created'))
    await store.accounts.addUser(otherAdmin, entryOf('user.created'))
    const at = plus(minute)
    for (const [index, id] of [userId, support.id, otherAdmin.id].entries())
      await store.journal.append(
        entryOf('connection.tested', {
          ...{ at: plus(index, at), tenantId, connectionId },
          actor: { kind: 'user', userId: id, ip: '192.0.2.7' },
          detail: { userId: id },
        }),
      )
    const [third, second, first] = await store.journal.list(tenantId, { ...all, from: at }, null, 10)
    const marie = { name: 'Marie Delvaux', role: 'admin' }
    expect(first).toMatchObject({ actor: { kind: 'user', user: marie }, about: marie, ip: '192.0.2.7' })
    expect(first?.provider).toBe('teamleader')
    expect(second?.actor.user).toEqual({ name: 'Anne', role: 'support' })
    expect([third?.actor.user, third?.about]).toEqual([null, null])
    expect([first?.tenant, second?.tenant, third?.tenant]).toEqual([null, null, null])
    const [ofOther] = await store.journal.list('all', { ...all, from: at, events: ['connection.tested'] }, null, 1)
    expect(ofOther).toMatchObject({ actor: { user: { name: 'Marie Delvaux' } }, tenant: { id: tenantId } })
    expect(ofOther?.provider).toBe('teamleader')
    expect((await store.journal.people('all')).map(({ name }) => name)).toEqual(['Anne'])
    for (const events of [null, ['connection.tested'], ['connection.tested', 'token.failed']] as const) {
      const lines = await store.journal.list(tenantId, { ...all, events, from: at, addresses: false }, null, 10)
      expect(lines.map(({ ip }) => ip)).toEqual([null, null, null])
    }
  })

  test('is found by index among many, whatever is asked', { timeout: 120_000 }, async ({ db, url }) => {
    const tenants = Array.from({ length: 100 }, () => randomUUID() as TenantId)
    await fill(db, tenants, 10_000)
    await analyse(db)
    const sent: Sent[] = []
    const store = storeOf({ ...watchStatements(db, (statement) => void sent.push(statement)), webhookEnabled: false })
    const tenantId = tenants[3] as TenantId
    const after = { at: plus(2000 * minute), id: randomUUID() }
    const asks = filters.filter(([name]) => !/alerts|users|keys|exports/.test(name))
    for (const [, asked] of asks) {
      await store.journal.list(tenantId, { ...all, ...asked }, after, 50)
      await store.journal.count(tenantId, { ...all, ...asked })
      await store.journal.list('all', { ...all, ...asked }, after, 50)
    }
    const terms = [{ ...noTerm, events: ['session.opened' as const], tenant: 'abc', fact: 'abc' }]
    await store.journal.list(tenantId, { ...all, terms, who: { group: 'support' } }, after, 50)
    await store.journal.instantBehind(tenantId, null, after, 50)
    // as a filter that passes over most entries is asked: no further back than some thousand of them
    const narrow = { ...all, terms, who: { userId: randomUUID() }, from: plus(1950 * minute) }
    await store.journal.list('all', narrow, after, 50)
    await store.journal.instantBehind('all', null, after, 50)
    await store.journal.recent(tenantId, randomUUID(), 20)
    await store.retention.forget('journal', plus(minute), 500)
    const plans = await Promise.all(
      sent.filter(({ sql }) => sql.includes('journal')).map((statement) => explain(url, statement, {})),
    )
    expect(plans.length).toBeGreaterThanOrEqual(3 * asks.length + 4)
    expect(plans.filter((plan) => /\bSeq Scan on "?journal|^SCAN journal\b/m.test(plan))).toEqual([])
  })
})

describe.each(dialects)('what is kept for a while on $dialect', ({ test }) => {
  const ends = [1, 2, 3, 4, 5].map((ms) => plus(ms))

  test('goes the oldest first, as many as asked, and not a millisecond early', async ({ db, store }) => {
    const { journal, sessions, throttleLog, oneTimeLinks } = db.tables
    const { userId } = await createTenant(store)
    await db.q.delete(journal)
    for (const at of ends) {
      const id = String(at.getTime())
      await store.journal.append(entryOf('session.refused', { at }))
      await db.q.insert(sessions).values({ id, userId, createdAt: noon, expiresAt: at })
      await db.q.insert(throttleLog).values({ id, bucket: 'guess', at })
      await db.q
        .insert(oneTimeLinks)
        .values({ id, kind: 'password', tokenHash: id, userId, expiresAt: at, createdAt: noon })
    }
    const left = {
      journal: () => db.q.select({ at: journal.at }).from(journal).orderBy(asc(journal.at)),
      sessions: () => db.q.select({ at: sessions.expiresAt }).from(sessions).orderBy(asc(sessions.expiresAt)),
      throttle: () => db.q.select({ at: throttleLog.at }).from(throttleLog).orderBy(asc(throttleLog.at)),
      links: () => db.q.select({ at: oneTimeLinks.expiresAt }).from(oneTimeLinks).orderBy(asc(oneTimeLinks.expiresAt)),
    }
    for (const what of ['journal', 'sessions', 'throttle', 'links'] as const) {
      expect([await store.retention.forget(what, plus(4), 2), what]).toEqual([2, what])
      expect(await store.retention.forget(what, plus(4), 2)).toBe(1)
      expect(await store.retention.forget(what, plus(4), 2)).toBe(0)
      expect((await left[what]()).map(({ at }) => at)).toEqual([plus(4), plus(5)])
    }
  })

  test('the newest authorization of a connection stays', async ({ db, store }) => {
    const { pendingAuthorizations: pending } = db.tables
    const [busy, quiet] = [await createTenant(store), await createTenant(store, 'Autre')]
    const rows = [
      { of: busy, at: plus(1) },
      { of: busy, at: plus(2) },
      { of: busy, at: plus(9) },
      { of: quiet, at: plus(1) },
    ]
    for (const { of, at } of rows) {
      const { tenantId, connectionId, clientId, userId } = of
      const row = { id: randomUUID(), tenantId, connectionId, clientId, userId, redirectUri: '', nonceHash: '' }
      const times = { createdAt: at, steppedAt: at, expiresAt: at }
      await db.q.insert(pending).values({ ...row, ...times, stateHash: row.id, step: 'failed' })
    }
    expect(await store.retention.forget('authorizations', plus(5), 10)).toBe(2)
    const left = await db.q.select().from(pending).orderBy(asc(pending.createdAt))
    expect(left.map(({ connectionId, createdAt }) => [connectionId, createdAt])).toEqual([
      [quiet.connectionId, plus(1)],
      [busy.connectionId, plus(9)],
    ])
  })
})
