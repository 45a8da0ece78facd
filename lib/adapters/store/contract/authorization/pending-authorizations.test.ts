import { describe, expect } from 'vitest'
import {
  awaiting,
  countWon,
  createTenant,
  exchange,
  hash,
  noon,
  pendingOf,
  plus,
  race,
  tokenSetOf,
  written,
} from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

describe.each(dialects)('authorizations under way on $dialect', ({ test }) => {
  const started = async ({ store }: { store: Parameters<typeof createTenant>[0] }) => {
    const fixture = await createTenant(store)
    const pending = pendingOf(fixture)
    await store.authorizations.addPending(pending, written('authorization.departed'))
    const parking = { ...pending, sealedCode: 'sealed-code', expiresAt: plus(600_000) }
    return { fixture, pending, parking, ...store.authorizations }
  }

  test('an authorization is found by its state and by nothing else', async ({ store, db }) => {
    const { pending, findPending } = await started({ store })
    const { stateHash, ...rest } = pending
    expect(await findPending(stateHash)).toMatchObject({ ...rest, step: 'pending', steppedAt: noon, sealedCode: null })
    expect(await findPending(hash('another state'))).toBeNull()
    expect(await findPending(pending.nonceHash)).toBeNull()
    const journal = await db.q.select().from(db.tables.journal)
    expect(journal.map(({ event }) => event)).toContain('authorization.departed')
  })

  test('of twenty claims at once, one wins', async ({ store }) => {
    const { pending, claimExchange, findPending } = await started({ store })
    const answers = await race(20, () => claimExchange(pending, plus(1)))
    expect(countWon(answers)).toBe(1)
    expect(await findPending(pending.stateHash)).toMatchObject({ step: 'exchanging', steppedAt: plus(1) })
  })

  const otherRows = {
    'another browser': { nonceHash: hash('another browser') },
    'another user': { userId: 'another user' },
    'another tenant': { tenantId: 'another tenant' as never },
    'another state': { stateHash: hash('another state') },
    'another authorization': { id: 'another' },
  }

  test.for(Object.entries(otherRows))('%s claims nothing and consumes nothing', async ([, other], { store }) => {
    const { pending, claimExchange, findPending } = await started({ store })
    expect(await claimExchange({ ...pending, ...other }, plus(1))).toBe(false)
    expect(await findPending(pending.stateHash)).toMatchObject({ step: 'pending', steppedAt: noon })
    expect(await claimExchange(pending, plus(2))).toBe(true)
  })

  test.for(Object.entries(otherRows))('%s refuses nothing', async ([, other], { store }) => {
    const { pending, refusePending, claimExchange } = await started({ store })
    const refusal = { ...pending, ...other, failure: 'access_denied' } as const
    expect(await refusePending(refusal, written('authorization.refused'))).toBe(false)
    expect(await claimExchange(pending, plus(1))).toBe(true)
  })

  test('an expired authorization can be neither claimed, parked nor refused', async ({ store }) => {
    const { pending, parking, claimExchange, park, refusePending } = await started({ store })
    const late = pending.expiresAt
    expect(await claimExchange(pending, late)).toBe(false)
    expect(await park(parking, written('authorization.parked', late))).toBe(false)
    const refusal = { ...pending, failure: 'access_denied' } as const
    expect(await refusePending(refusal, written('authorization.refused', late))).toBe(false)
    expect(await claimExchange(pending, plus(-1, late))).toBe(true)
  })

  test('a code is parked once, by the same browser, and found again by it alone', async ({ store }) => {
    const { pending, parking, park, findParked } = await started({ store })
    const otherBrowser = { ...parking, nonceHash: hash('another browser') }
    expect(await park(otherBrowser, written('authorization.parked'))).toBe(false)
    const answers = await race(20, () => park(parking, written('authorization.parked', plus(1))))
    expect(countWon(answers)).toBe(1)
    expect(await findParked(pending.nonceHash, plus(2))).toMatchObject({
      id: pending.id,
      step: 'parked',
      sealedCode: 'sealed-code',
      expiresAt: parking.expiresAt,
    })
    expect(await findParked(otherBrowser.nonceHash, plus(2))).toBeNull()
    expect(await findParked(pending.nonceHash, parking.expiresAt)).toBeNull()
  })

  test('the newest parked code of a browser is the one that goes on', async ({ store }) => {
    const { fixture, pending, parking, addPending: startAuthorization, park, findParked } = await started({ store })
    const later = pendingOf(fixture, { nonceHash: pending.nonceHash })
    await startAuthorization(later, written('authorization.departed', plus(1)))
    const newer = { ...later, sealedCode: 'newer', expiresAt: parking.expiresAt }
    await park(newer, written('authorization.parked', plus(3)))
    await park(parking, written('authorization.parked', plus(2)))
    expect(await findParked(pending.nonceHash, plus(4))).toMatchObject({ id: later.id, sealedCode: 'newer' })
  })

  test('a parked code is claimed without its state, once, and is then no longer kept', async ({ store }) => {
    const { pending, parking, park, claimExchange, findPending } = await started({ store })
    await park(parking, written('authorization.parked'))
    const claim = { ...pending, stateHash: null }
    expect(await claimExchange({ ...claim, userId: 'another user' }, plus(1))).toBe(false)
    expect(await claimExchange(claim, parking.expiresAt)).toBe(false)
    const answers = await race(20, () => claimExchange(claim, plus(1)))
    expect(countWon(answers)).toBe(1)
    expect(await findPending(pending.stateHash)).toMatchObject({ step: 'exchanging', sealedCode: null })
  })

  test('an authorization that was never parked cannot be claimed without its state', async ({ store }) => {
    const { pending, claimExchange } = await started({ store })
    expect(await claimExchange({ ...pending, stateHash: null }, plus(1))).toBe(false)
  })

  test('a refusal ends its authorization, tells the connection, and is journaled', async ({ store, db }) => {
    const { fixture, pending, refusePending, claimExchange, find } = await started({ store })
    const refusal = { ...pending, failure: 'access_denied' } as const
    const answers = await race(20, () => refusePending(refusal, written('authorization.refused', plus(1))))
    expect(countWon(answers)).toBe(1)
    expect(await find(fixture.tenantId, 'teamleader')).toMatchObject({
      authorizationFailure: { code: 'access_denied', at: plus(1) },
      status: awaiting,
      authStatus: null,
    })
    expect(await claimExchange(pending, plus(2))).toBe(false)
    const journal = await db.q.select().from(db.tables.journal)
    expect(journal.filter(({ event }) => event === 'authorization.refused')).toHaveLength(1)
  })

  test('of a refusal and a claim at once, one wins', async ({ store }) => {
    const { pending, refusePending, claimExchange } = await started({ store })
    const refusal = { ...pending, failure: 'access_denied' } as const
    const refuse = () => refusePending(refusal, written('authorization.refused', plus(1)))
    const claim = () => claimExchange(pending, plus(1))
    expect(countWon(await race(20, (index) => (index % 2 ? refuse() : claim())))).toBe(1)
  })

  test('one code is exchanged once, however often it is pasted at once', async ({ store }) => {
    const fixture = await createTenant(store)
    const stateHash = hash('a code')
    const { openExchange } = store.authorizations
    const answers = await race(20, () => openExchange(pendingOf(fixture, { stateHash }), noon))
    expect(countWon(answers)).toBe(1)
  })

  test('a failed exchange may be opened again, a finished one may not', async ({ store }) => {
    const fixture = await createTenant(store)
    const { openExchange, failExchange, storeCandidate, findPending, find } = store.authorizations
    const stateHash = hash('a code')
    const [first, second, third] = [1, 2, 3].map(() => pendingOf(fixture, { stateHash }))
    if (!first || !second || !third) throw new Error('three were asked for')
    await openExchange(first, noon)
    const to = { ...awaiting, state: 'awaiting_authorization', reason: 'code_expired', attempts: 1 } as const
    const failure = {
      pendingId: first.id,
      connectionId: fixture.connectionId,
      failure: 'code_expired',
      lasting: true,
      authStatus: 'Failed, Status code: BadRequest',
      statusChange: { from: awaiting, to },
    } as const
    const failed = await race(20, () => failExchange(failure, written('authorization.refused', plus(1))))
    expect(countWon(failed)).toBe(1)
    expect(await find(fixture.tenantId, 'teamleader')).toMatchObject({
      status: to,
      authStatus: { text: 'Failed, Status code: BadRequest', at: plus(1) },
      authorizationFailure: { code: 'code_expired', at: plus(1) },
    })
    expect(await openExchange(second, plus(2))).toBe(true)
    expect(await findPending(stateHash)).toMatchObject({ id: second.id, step: 'exchanging', steppedAt: plus(2) })
    await storeCandidate(second.id, tokenSetOf(fixture), 'Success', written('authorization.exchanged', plus(3)))
    expect(await openExchange(third, plus(4))).toBe(false)
  })

  test('another tenant cannot open again what failed for the first', async ({ store }) => {
    const ours = await createTenant(store)
    const theirs = await createTenant(store, 'Vandenbroeck & Fils')
    const { openExchange, failExchange, findPending } = store.authorizations
    const stateHash = hash('a code')
    const first = pendingOf(ours, { stateHash })
    await openExchange(first, noon)
    const statusChange = { from: awaiting, to: awaiting }
    const failure = {
      connectionId: ours.connectionId,
      failure: 'code_expired',
      lasting: true,
      authStatus: null,
      statusChange,
    } as const
    await failExchange({ pendingId: first.id, ...failure }, written('authorization.refused'))
    expect(await openExchange(pendingOf(theirs, { stateHash }), plus(1))).toBe(false)
    expect(await findPending(stateHash)).toMatchObject({ id: first.id, tenantId: ours.tenantId })
  })

  test('a new authorization clears what the last one failed of; a candidate does too', async ({ store }) => {
    const { fixture, pending, refusePending, addPending: startAuthorization, find } = await started({ store })
    const refuse = (at: typeof pending) =>
      refusePending({ ...at, failure: 'access_denied' }, written('authorization.refused', plus(1)))
    await refuse(pending)
    const again = pendingOf(fixture)
    await startAuthorization(again, written('authorization.departed', plus(2)))
    expect((await find(fixture.tenantId, 'teamleader'))?.authorizationFailure).toBeNull()
    await refuse(again)
    await exchange(store, fixture)
    expect((await find(fixture.tenantId, 'teamleader'))?.authorizationFailure).toBeNull()
  })
})
