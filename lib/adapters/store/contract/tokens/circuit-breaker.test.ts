import { asc, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import { connected, countWon, entryOf, race } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import {
  createConnectedTenant,
  dead,
  decision,
  eventsOf,
  setTimes,
  storeFailure,
  storeFresh,
  takeLeaseOf,
} from '#lib/testing/database/token-fixtures.ts'

const now = () => new Date()
const minute = 60_000
const opened = () => entryOf('outage.opened', { at: now() })

const nextProbe = ({ q, tables, time }: Database, ms: number) =>
  q.update(tables.outages).set({ nextProbeAt: time.plus(ms, now()) })

describe.each(dialects)('an outage on $dialect', ({ test }) => {
  test('is opened by one of twenty and told once', async ({ db, store }) => {
    const answers = await race(20, () => store.outages.open('teamleader', 'no_answer', minute, opened()))
    expect(countWon(answers)).toBe(1)
    expect(await store.outages.find('teamleader')).toMatchObject({ kind: 'no_answer' })
    expect(await eventsOf(db)).toEqual(['outage.opened'])
  })

  test('lets one of fifty make a call a minute, none before the first minute', async ({ db, store }) => {
    expect(await store.outages.claimProbe('teamleader', minute, now())).toBe(false)
    await store.outages.open('teamleader', 'no_answer', minute, opened())
    const claim = () => store.outages.claimProbe('teamleader', minute, now())
    expect(countWon(await race(50, claim))).toBe(0)
    await nextProbe(db, -1)
    expect(countWon(await race(50, claim))).toBe(1)
    expect(countWon(await race(50, claim))).toBe(0)
  })

  test('is closed once, and what failed in it does not open it again', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    await storeFailure(store, await takeLeaseOf(store, id), decision({}))
    await storeFresh(store, await takeLeaseOf(store, id))
    await store.outages.open('teamleader', 'no_answer', minute, opened())
    const close = () => store.outages.close('teamleader', entryOf('outage.closed', { at: now() }))
    expect(countWon(await race(20, close))).toBe(1)
    expect(await store.outages.find('teamleader')).toBeNull()
    expect(await store.outages.tally('teamleader', 5 * minute, now())).toMatchObject({
      calls: 1,
      failing: { passing: { calls: 0 }, grant_dead: { calls: 0 } },
    })
    expect((await eventsOf(db)).filter((event) => event === 'outage.closed')).toHaveLength(1)
  })

  test('is kept with how long it lasted, whom it kept waiting and how it ended', async ({ db, store }) => {
    const { id } = await createConnectedTenant(store)
    const other = await createConnectedTenant(store)
    await storeFailure(store, await takeLeaseOf(store, id), decision({}))
    await storeFresh(store, await takeLeaseOf(store, other.id))
    const [began, ended] = [new Date(Date.now() - 90 * minute), now()]
    await store.outages.open('teamleader', 'no_answer', minute, entryOf('outage.opened', { at: began }))
    await store.outages.open('teo', 'refusals', minute, opened())
    expect(await store.outages.listHistory(1)).toMatchObject([{ provider: 'teo', endedAt: null, connections: null }])
    const close = () => store.outages.close('teamleader', entryOf('outage.closed', { at: ended }))
    await race(5, close)
    await store.outages.countRefusedProbe('teo', 1, entryOf('outage.closed', { at: ended }))
    expect(await store.outages.listHistory(10)).toMatchObject([
      { provider: 'teo', kind: 'refusals', endedAt: ended, outcome: 'believed', connections: 0 },
      { provider: 'teamleader', kind: 'no_answer', since: began, endedAt: ended, outcome: 'answered', connections: 1 },
    ])
    // the next is another one, and old ones go a year after their end, the open one never
    await store.outages.open('teamleader', 'no_answer', minute, opened())
    expect(await store.outages.listHistory(10)).toHaveLength(3)
    const { outageHistory } = db.tables
    await db.q.update(outageHistory).set({ endedAt: began }).where(eq(outageHistory.provider, 'teo'))
    expect(await store.retention.forget('outages', new Date(began.getTime() + 1), 10)).toBe(1)
    expect((await store.outages.listHistory(10)).map(({ provider }) => provider)).toEqual(['teamleader', 'teamleader'])
  })

  test('is decided by the calls of the window alone, and by different connections', async ({ db, store }) => {
    const [one, other] = [await createConnectedTenant(store), await createConnectedTenant(store)]
    for (const { id } of [one, one, other]) await storeFailure(store, await takeLeaseOf(store, id), decision({}))
    await storeFailure(store, await takeLeaseOf(store, one.id), dead)
    await storeFresh(store, await takeLeaseOf(store, one.id))
    const tally = () => store.outages.tally('teamleader', 5 * minute, now())
    expect(await tally()).toEqual({
      calls: 5,
      failing: { passing: { calls: 3, connections: 2 }, grant_dead: { calls: 1, connections: 1 } },
    })
    const { tokenCalls } = db.tables
    const old = db.time.plus(-5 * minute - 1, now())
    await db.q.update(tokenCalls).set({ at: old }).where(eq(tokenCalls.tokenSetId, one.id))
    expect(await tally()).toEqual({
      calls: 1,
      failing: { passing: { calls: 1, connections: 1 }, grant_dead: { calls: 0, connections: 0 } },
    })
  })

  test('of refusals takes back what its window mistook, and nothing else', async ({ store }) => {
    const [mistaken, other, old] = [
      await createConnectedTenant(store),
      await createConnectedTenant(store),
      await createConnectedTenant(store),
    ]
    await storeFailure(store, await takeLeaseOf(store, mistaken.id), dead)
    const refused: ConnectionStatus = {
      ...connected,
      state: 'reconnect_required',
      reason: 'access_refused',
      since: now(),
    }
    const decided = decision(refused, { call: 'grant_dead', intent: 'close', dueInMs: null })
    await storeFailure(store, await takeLeaseOf(store, other.id), decided)
    const longAgo = new Date(Date.now() - 10 * minute)
    const lease = await takeLeaseOf(store, old.id)
    const before = { ...dead, status: { ...dead.status, since: longAgo } }
    await store.tokens.storeFailure(lease, before, { entries: [], now: longAgo })

    await store.outages.reviveRefused('teamleader', 5 * minute, now())
    const status = async ({ fixture }: typeof mistaken) =>
      (await store.authorizations.find(fixture.tenantId, 'teamleader'))?.status
    expect(await status(mistaken)).toMatchObject({ state: 'degraded', reason: 'provider_unavailable' })
    expect(await status(other)).toMatchObject({ state: 'reconnect_required', reason: 'access_refused' })
    expect(await status(old)).toMatchObject({ state: 'reconnect_required', reason: 'revoked' })
    expect(await store.tokens.claimDue('teamleader', 10, 60_000, now())).toEqual([{ tokenSetId: mistaken.id }])
    const open = async ({ fixture }: typeof mistaken) =>
      (await store.incidents.list(fixture.tenantId)).filter(({ closedAt }) => closedAt === null).length
    expect([await open(mistaken), await open(other), await open(old)]).toEqual([0, 1, 1])
  })
})

const incidentEvents = async ({ q, tables: { journal } }: Database) =>
  (await q.select().from(journal).orderBy(asc(journal.at)))
    .filter(({ event }) => event.startsWith('incident.'))
    .map(({ event, outcome }) => `${event} ${outcome}`)

describe.each(dialects)('incidents on $dialect', ({ test }) => {
  const without = async (db: Database, store: Parameters<typeof createConnectedTenant>[0], ms: number) => {
    const { fixture, id } = await createConnectedTenant(store)
    await storeFailure(store, await takeLeaseOf(store, id), decision({}))
    await setTimes(db, id, { expiresAt: -ms })
    return { fixture, id }
  }

  test('open for who has been without a token for a quarter of an hour, once however many sweep', async ({
    db,
    store,
  }) => {
    const long = await without(db, store, 15 * minute + 1)
    const short = await without(db, store, 14 * minute)
    const opened = await race(20, () => store.incidents.openOverdue(15 * minute, now()))
    expect(opened.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(await store.incidents.list(long.fixture.tenantId)).toMatchObject([
      { reason: 'provider_unavailable', closedAt: null },
    ])
    expect(await store.incidents.list(short.fixture.tenantId)).toEqual([])
    expect(await incidentEvents(db)).toEqual(['incident.opened provider_unavailable'])
  })

  test('do not open while the provider fails for everybody or has just recovered, nor for a paused connection', async ({
    db,
    store,
  }) => {
    const { fixture } = await without(db, store, 60 * minute)
    await store.outages.open('teamleader', 'no_answer', minute, opened())
    expect(await store.incidents.openOverdue(15 * minute, now())).toBe(0)
    const closed = (ago: number) =>
      entryOf('outage.closed', { at: new Date(Date.now() - ago), detail: { provider: 'teamleader' } })
    await store.outages.close('teamleader', closed(14 * minute))
    expect(await store.incidents.openOverdue(15 * minute, now())).toBe(0)
    await db.q.update(db.tables.journal).set({ at: closed(16 * minute).at })
    await db.q.update(db.tables.connections).set({ enabled: false })
    expect(await store.incidents.openOverdue(15 * minute, now())).toBe(0)
    await db.q.update(db.tables.connections).set({ enabled: true })
    expect(await store.incidents.openOverdue(15 * minute, now())).toBe(1)
    expect(await store.incidents.list(fixture.tenantId)).toHaveLength(1)
  })

  test('close with the first new pair, once', async ({ db, store }) => {
    const { fixture, id } = await without(db, store, 60 * minute)
    await store.incidents.openOverdue(15 * minute, now())
    await storeFresh(store, await takeLeaseOf(store, id))
    const [incident] = await store.incidents.list(fixture.tenantId)
    await storeFresh(store, await takeLeaseOf(store, id))
    expect(incident?.closedAt).toBeInstanceOf(Date)
    expect(await store.incidents.list(fixture.tenantId)).toEqual([incident])
    expect(await incidentEvents(db)).toEqual(['incident.opened provider_unavailable', 'incident.closed ok'])
  })

  test('open at once with what only a person can mend, and are journaled once', async ({ db, store }) => {
    const { fixture, id } = await createConnectedTenant(store)
    await storeFailure(store, await takeLeaseOf(store, id), dead)
    await storeFailure(store, await takeLeaseOf(store, id), dead)
    expect(await store.incidents.list(fixture.tenantId)).toMatchObject([{ reason: 'revoked', closedAt: null }])
    expect(await incidentEvents(db)).toEqual(['incident.opened revoked'])
  })
})
