import { describe, expect } from 'vitest'
import type { Store } from '#lib/ports/deps.ts'
import {
  awaiting,
  connected,
  countWon,
  createTenant,
  exchange,
  noon,
  pendingOf,
  plus,
  race,
  type TenantFixture,
  tokenSetOf,
  written,
} from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const account = { id: '7f3c2a10-5d41-103b-8e26-1fcdd5140767', name: 'Atelier Delvaux', email: 'marie@atelier.example' }

const promotion = ({ connectionId, tenantId, userId }: TenantFixture, candidateId: string, inUseId: string | null) => ({
  connectionId,
  tenantId,
  candidateId,
  inUseId,
  to: connected,
  by: userId,
  resumes: true,
})

const promote = (store: Store, fixture: TenantFixture, candidateId: string, inUseId: string | null = null) =>
  store.authorizations.promote(promotion(fixture, candidateId, inUseId), written('connection.promoted', plus(2)))

describe.each(dialects)('candidates on $dialect', ({ test }) => {
  test('the token set of an exchange waits as the candidate; its tokens stay inside', async ({ store }) => {
    const fixture = await createTenant(store)
    const { id } = await exchange(store, fixture)
    const record = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(record).toMatchObject({
      tokenSet: null,
      candidate: { id, version: 1, identity: 'unread', account: null, knownState: true, createdAt: noon },
      authStatus: { text: 'Success', at: noon },
    })
    expect(JSON.stringify(record)).not.toMatch(/sealed-(access|refresh)/)
  })

  test('one exchange stores one token set, however many answers come', async ({ db, store }) => {
    const fixture = await createTenant(store)
    const pending = pendingOf(fixture)
    await store.authorizations.openExchange(pending, noon)
    const answers = await race(20, () =>
      store.authorizations.storeCandidate(
        pending.id,
        tokenSetOf(fixture),
        'Success',
        written('authorization.exchanged'),
      ),
    )
    expect(countWon(answers)).toBe(1)
    expect(await db.q.select().from(db.tables.tokenSets)).toHaveLength(1)
  })

  test('a token set cannot be stored for an exchange that was never opened', async ({ db, store }) => {
    const fixture = await createTenant(store)
    const pending = pendingOf(fixture)
    await store.authorizations.addPending(pending, written('authorization.departed'))
    const stored = await store.authorizations.storeCandidate(
      pending.id,
      tokenSetOf(fixture),
      'Success',
      written('authorization.exchanged'),
    )
    expect(stored).toBe(false)
    expect(await db.q.select().from(db.tables.tokenSets)).toEqual([])
  })

  test('a newer candidate replaces the older one, never the token set in use', async ({ db, store }) => {
    const fixture = await createTenant(store)
    const inUse = await exchange(store, fixture)
    expect(await promote(store, fixture, inUse.id)).toBe(true)
    await exchange(store, fixture)
    const newer = await exchange(store, fixture)
    const record = await store.authorizations.find(fixture.tenantId, 'teamleader')
    expect(record).toMatchObject({ tokenSet: { id: inUse.id }, candidate: { id: newer.id } })
    const stored = await db.q.select().from(db.tables.tokenSets)
    expect(stored.map(({ id }) => id).sort()).toEqual([inUse.id, newer.id].sort())
  })

  test('a promotion moves the connection, tells who and when, and deletes the old token set', async ({ db, store }) => {
    const fixture = await createTenant(store)
    const old = await exchange(store, fixture)
    await promote(store, fixture, old.id)
    const fresh = await exchange(store, fixture)
    expect(await promote(store, fixture, fresh.id, old.id)).toBe(true)
    expect(await store.authorizations.find(fixture.tenantId, 'teamleader')).toMatchObject({
      id: fixture.connectionId,
      tokenSet: { id: fresh.id },
      candidate: null,
      status: connected,
      connected: { at: plus(2), by: 'Marie Delvaux' },
    })
    const stored = await db.q.select().from(db.tables.tokenSets)
    expect(stored.map(({ id }) => id)).toEqual([fresh.id])
  })

  test('of twenty promotions of one candidate, one wins and is journaled once', async ({ db, store }) => {
    const fixture = await createTenant(store)
    const { id } = await exchange(store, fixture)
    expect(countWon(await race(20, () => promote(store, fixture, id)))).toBe(1)
    const journal = await db.q.select().from(db.tables.journal)
    expect(journal.filter(({ event }) => event === 'connection.promoted')).toHaveLength(1)
  })

  test('an answer to an older candidate, to another token set in use, or of another tenant promotes nothing', async ({
    store,
  }) => {
    const fixture = await createTenant(store)
    const theirs = await createTenant(store, 'Vandenbroeck & Fils')
    const older = await exchange(store, fixture)
    const newer = await exchange(store, fixture)
    expect(await promote(store, fixture, older.id)).toBe(false)
    expect(await promote(store, fixture, newer.id, older.id)).toBe(false)
    expect(await promote(store, { ...fixture, tenantId: theirs.tenantId }, newer.id)).toBe(false)
    expect(await store.authorizations.find(fixture.tenantId, 'teamleader')).toMatchObject({
      tokenSet: null,
      candidate: { id: newer.id },
      status: awaiting,
    })
    expect(await promote(store, fixture, newer.id)).toBe(true)
  })

  test('of a promotion and a farewell at once, one wins', async ({ store }) => {
    const fixture = await createTenant(store)
    const { id } = await exchange(store, fixture)
    const at = { ...fixture, candidateId: id, failure: null }
    const forget = () => store.authorizations.forgetCandidate(at, written('candidate.forgotten'))
    const answers = await race(20, (index) => (index % 2 ? forget() : promote(store, fixture, id)))
    expect(countWon(answers)).toBe(1)
  })

  test('a forgotten candidate takes its tokens along and leaves the connection as it was', async ({ db, store }) => {
    const fixture = await createTenant(store)
    const inUse = await exchange(store, fixture)
    await promote(store, fixture, inUse.id)
    const candidate = await exchange(store, fixture)
    const at = { ...fixture, candidateId: candidate.id, failure: 'identity_token_refused' } as const
    const theirs = await createTenant(store, 'Vandenbroeck & Fils')
    const { forgetCandidate, find } = store.authorizations
    const elsewhere = { ...at, tenantId: theirs.tenantId }
    expect(await forgetCandidate(elsewhere, written('candidate.forgotten'))).toBe(false)
    expect(await forgetCandidate(at, written('candidate.forgotten', plus(3)))).toBe(true)
    expect(await forgetCandidate(at, written('candidate.forgotten'))).toBe(false)
    expect(await find(fixture.tenantId, 'teamleader')).toMatchObject({
      tokenSet: { id: inUse.id },
      candidate: null,
      status: connected,
      authorizationFailure: { code: 'identity_token_refused', at: plus(3) },
    })
    const stored = await db.q.select().from(db.tables.tokenSets)
    expect(stored.map(({ id }) => id)).toEqual([inUse.id])
  })

  test('the turn to ask for an identity is taken once each 30 s, or when a person asks', async ({ store }) => {
    const fixture = await createTenant(store)
    const { id } = await exchange(store, fixture)
    const claim = (ms: number, always = false) => store.authorizations.claimIdentity(id, plus(ms), 30_000, always)
    expect(countWon(await race(20, () => claim(0)))).toBe(1)
    expect(await claim(29_999)).toBe(false)
    expect(await claim(29_999, true)).toBe(true)
    expect(await claim(59_998)).toBe(false)
    expect(await claim(59_999)).toBe(true)
  })

  test('an identity is settled once, and takes the connection along only from the status it saw', async ({ store }) => {
    const fixture = await createTenant(store)
    const { id } = await exchange(store, fixture)
    const identity = { kind: 'read', account } as const
    const at = { tokenSetId: id, connectionId: fixture.connectionId, identity }
    const { recordIdentity, claimIdentity, find } = store.authorizations
    const statusChange = { from: { ...awaiting, since: plus(-1) }, to: connected }
    const answers = await race(20, () => recordIdentity({ ...at, statusChange }, written('identity.read')))
    expect(countWon(answers)).toBe(1)
    expect(await find(fixture.tenantId, 'teamleader')).toMatchObject({
      candidate: { identity: 'read', account },
      status: awaiting,
    })
    expect(await claimIdentity(id, plus(60_000), 30_000, true)).toBe(false)
  })

  test('an identity refused for good leaves the account unknown and may carry the status', async ({ store }) => {
    const fixture = await createTenant(store)
    const { id } = await exchange(store, fixture)
    const to = { ...connected, reason: 'identity_refused' } as const
    const at = {
      tokenSetId: id,
      connectionId: fixture.connectionId,
      identity: { kind: 'refused' },
      statusChange: { from: awaiting, to },
    } as const
    expect(await store.authorizations.recordIdentity(at, written('identity.failed'))).toBe(true)
    expect(await store.authorizations.find(fixture.tenantId, 'teamleader')).toMatchObject({
      candidate: { identity: 'refused', account: null },
      status: to,
    })
  })
})
