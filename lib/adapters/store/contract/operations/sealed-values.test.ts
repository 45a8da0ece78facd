import { describe, expect } from 'vitest'
import { vault } from '#lib/adapters/vault.ts'
import type { Store } from '#lib/ports/deps.ts'
import type { SealContext, StoredContext } from '#lib/ports/operations.ts'
import { countWon, createTenant, exchange, noon, pendingOf, race, written } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const { seal } = vault([
  { id: 'k1', key: new Uint8Array(32) },
  { id: 'k2', key: new Uint8Array(32).fill(1) },
])

const at = (purpose: StoredContext['purpose']) => ({ purpose, tenant: 't', row: 'r', generation: 1 }) as SealContext

/** A token set, a parked code and its verifier, sealed with this key; the client's secret is sealed by none. */
const fill = async (store: Store, keyId: string) => {
  const fixture = await createTenant(store)
  const sealedBy = (purpose: StoredContext['purpose']) => seal('token', at(purpose), keyId)
  const [sealedAccessToken, sealedRefreshToken] = [await sealedBy('access_token'), await sealedBy('refresh_token')]
  const sealedCode = await sealedBy('parked_code')
  const set = await exchange(store, fixture, { sealedAccessToken, sealedRefreshToken })
  const pending = pendingOf(fixture, { sealedVerifier: await sealedBy('code_verifier') })
  await store.authorizations.addPending(pending, written('authorization.departed'))
  const { id, stateHash, nonceHash, expiresAt } = pending
  const parked = { id, stateHash, nonceHash, expiresAt, sealedCode }
  await store.authorizations.park(parked, written('authorization.parked'))
  return { fixture, setId: set.id, pendingId: id }
}

describe.each(dialects)('sealed values on $dialect', ({ test }) => {
  test('are counted by key, and listed with the context that they were sealed in', async ({ store }) => {
    const { count, listOthers } = store.sealedValues
    const { fixture, setId, pendingId } = await fill(store, 'k1')
    await fill(store, 'k2')
    expect([await count('k1'), await count('k2'), await count('k'), await count()]).toEqual([4, 4, 0, 10])
    const { tenantId: tenant, clientId } = fixture
    const listed = async (purpose: StoredContext['purpose']) =>
      (await listOthers(purpose, 'k2', '', 10)).map(({ context }) => context)
    expect(await listed('access_token')).toEqual([{ purpose: 'access_token', tenant, row: setId, generation: 1 }])
    expect(await listed('refresh_token')).toEqual([{ purpose: 'refresh_token', tenant, row: setId, generation: 1 }])
    expect(await listed('parked_code')).toEqual([{ purpose: 'parked_code', tenant, row: pendingId }])
    expect(await listed('code_verifier')).toEqual([{ purpose: 'code_verifier', tenant, row: pendingId }])
    expect(await listed('client_secret')).toContainEqual({
      purpose: 'client_secret',
      tenant,
      row: clientId,
      generation: 1,
    })
  })

  test('are listed page by page, by row', async ({ store }) => {
    for (const _ of [1, 2, 3]) await fill(store, 'k1')
    const { listOthers } = store.sealedValues
    const first = await listOthers('access_token', 'k2', '', 2)
    const second = await listOthers('access_token', 'k2', first[1]?.context.row ?? '', 2)
    const rows = [...first, ...second].map(({ context }) => context.row)
    expect([first.length, second.length]).toEqual([2, 1])
    expect(new Set(rows).size).toBe(3)
    expect(await listOthers('access_token', 'k1', '', 2)).toEqual([])
  })

  test('an empty refresh token and an absent code are no values', async ({ store }) => {
    const fixture = await createTenant(store)
    await exchange(store, fixture, { sealedRefreshToken: '' })
    expect(await store.sealedValues.listOthers('refresh_token', 'k1', '', 10)).toEqual([])
    expect(await store.sealedValues.count()).toBe(2)
  })

  test('of an authenticator app are counted, listed by their user, and replaced', async ({ store, db }) => {
    const { userId } = await createTenant(store)
    const sealedSecret = await seal('secret', { purpose: 'totp_secret', row: userId }, 'k1')
    await db.q.insert(db.tables.totpSecrets).values({ userId, sealedSecret, lastStep: 0, createdAt: noon })
    const { listOthers, replace, count } = store.sealedValues
    const [value] = await listOthers('totp_secret', 'k2', '', 10)
    expect(value).toEqual({ sealed: sealedSecret, context: { purpose: 'totp_secret', row: userId } })
    const newer = await seal('secret', { purpose: 'totp_secret', row: userId }, 'k2')
    expect(value && (await replace(value, newer))).toBe(true)
    expect(value && (await replace(value, newer))).toBe(false)
    expect([await count('k1'), await count('k2')]).toEqual([0, 1])
  })

  test('are replaced while they are the same, once', async ({ store }) => {
    await fill(store, 'k1')
    const { listOthers, replace, count } = store.sealedValues
    for (const purpose of ['access_token', 'refresh_token', 'client_secret', 'parked_code', 'code_verifier'] as const) {
      const [value] = await listOthers(purpose, 'k2', '', 1)
      if (!value) throw new Error(`no ${purpose}`)
      const sealed = await seal('token', value.context, 'k2')
      expect(countWon(await race(5, () => replace(value, sealed)))).toBe(1)
      expect(await replace(value, sealed)).toBe(false)
    }
    expect([await count('k1'), await count('k2')]).toEqual([0, 5])
  })
})
