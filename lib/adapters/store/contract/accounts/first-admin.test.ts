import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import { linkOf } from '#lib/domain/accounts/one-time-link.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Store } from '#lib/ports/deps.ts'
import { entryOf, hash, newUser, noon, race, sessionOf } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const addTenant = async (store: Store) => {
  const tenantId = randomUUID() as TenantId
  await store.accounts.addTenant(
    { id: tenantId, name: 'Bois & Fils', ref: null },
    entryOf('tenant.created', { tenantId }),
  )
  return tenantId
}

const invite = (store: Store, tenantId: TenantId, email: string, token: string) =>
  store.tenantUsers.inviteFirstAdmin({ ...newUser(tenantId, { email }), tenantId }, (userId) => ({
    link: linkOf('invitation', hash(token), userId, noon),
    entry: entryOf('user.invited', { tenantId, detail: { userId } }),
  }))

const accept = async (store: Store, token: string) => {
  const tokenSet = await store.accounts.findLink(hash(token), 'invitation', noon)
  const user = { userId: tokenSet?.user?.id ?? '', passwordHash: 'hash', name: 'Jean' }
  const acceptance = {
    tokenHash: hash(token),
    kind: 'invitation',
    session: sessionOf(user.userId),
    now: noon,
    ...user,
  } as const
  return store.accounts.useLink(acceptance, [entryOf('user.activated')])
}

describe.each(dialects)('a tenant’s first admin on $dialect', ({ test }) => {
  const live = async (store: Store, tokens: string[]) => {
    const found = await Promise.all(tokens.map((token) => store.accounts.findLink(hash(token), 'invitation', noon)))
    return tokens.filter((_, index) => found[index] !== null)
  }

  test('is invited anew until one came in, each time in place of the one before', async ({ store }) => {
    const tenantId = await addTenant(store)
    expect(await invite(store, tenantId, 'jean@bois.example', 'one')).toBe('invited')
    expect(await invite(store, tenantId, 'jean@bois.example', 'two')).toBe('invited')
    expect(await invite(store, tenantId, 'jeanne@bois.example', 'three')).toBe('invited')
    expect(await live(store, ['one', 'two', 'three'])).toEqual(['three'])
    expect(await store.tenantUsers.list(tenantId)).toHaveLength(2)
    expect(await store.tenantUsers.hadAdmin(tenantId)).toBe(false)
    expect(await accept(store, 'three')).toBe(true)
    expect(await store.tenantUsers.hadAdmin(tenantId)).toBe(true)
    expect(await invite(store, tenantId, 'luc@bois.example', 'four')).toBe('had_admin')
    await store.accounts.disableUser('jeanne@bois.example', entryOf('user.deactivated'))
    expect(await invite(store, tenantId, 'jean@bois.example', 'five')).toBe('had_admin')
    expect(await live(store, ['four', 'five'])).toEqual([])
  })

  test('is nobody who belongs elsewhere', async ({ store }) => {
    const [tenantId, other] = [await addTenant(store), await addTenant(store)]
    const elsewhere = newUser(other)
    const reader = newUser(tenantId, { role: 'reader' })
    for (const user of [elsewhere, reader]) {
      await store.accounts.addUser(user, entryOf('user.created'))
      expect(await invite(store, tenantId, user.email, user.id)).toBe('email_taken')
    }
  })

  test.for([1, 2, 3])('is one, when three are invited at once, try %i', async (_, { store }) => {
    const tenantId = await addTenant(store)
    const tokens = ['a', 'b', 'c']
    const done = await race(3, (index) => invite(store, tenantId, `${index}@bois.example`, tokens[index] ?? ''))
    expect(done).toEqual(['invited', 'invited', 'invited'])
    expect(await live(store, tokens)).toHaveLength(1)
  })

  test.for([1, 2, 3, 4])('either came in or was replaced, never both, try %i', async (_, { store }) => {
    const tenantId = await addTenant(store)
    await invite(store, tenantId, 'jean@bois.example', 'jean')
    const [accepted, invited] = await Promise.all([
      accept(store, 'jean'),
      invite(store, tenantId, 'jeanne@bois.example', 'jeanne'),
    ])
    expect([accepted, invited]).toEqual(accepted ? [true, 'had_admin'] : [false, 'invited'])
  })
})
