import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { NewInvitation } from '#lib/domain/accounts/invitation.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Store } from '#lib/ports/deps.ts'
import {
  countWon,
  createTenant,
  entryOf,
  hash,
  invitationOf,
  newUser,
  noon,
  plus,
  race,
  sessionOf,
  userOfSession,
} from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const email = 'jean@bois.example'

const addTenant = async (store: Store) => {
  const id = randomUUID() as TenantId
  await store.accounts.addTenant({ id, name: 'Bois & Fils', ref: null }, entryOf('tenant.created', { tenantId: id }))
  return id
}

const invite = (store: Store, tenantId: TenantId | null, more: Partial<NewInvitation>, replaces = false) =>
  store.invitations.add(invitationOf(tenantId, more), { replaces }, entryOf('user.invited', { tenantId }))

const inviteFirst = (store: Store, tenantId: TenantId, token: string, to = email) =>
  store.invitations.addFirstAdmin(
    { ...invitationOf(tenantId, { email: to, tokenHash: hash(token) }), tenantId },
    entryOf('user.invited', { tenantId }),
  )

const acceptanceOf = async (store: Store, token: string, now = noon) => {
  const found = await store.invitations.find(hash(token), noon)
  const { hasAccount: _, tenantName: __, ...whom } = found ?? { ...newUser(null), hasAccount: false, tenantName: null }
  const session = sessionOf(whom.id, { expiresAt: plus(3_600_000) })
  return { tokenHash: hash(token), user: { ...whom, passwordHash: 'hash' }, session, now }
}

const accept = async (store: Store, token: string, now = noon) =>
  store.invitations.accept(await acceptanceOf(store, token, now), [entryOf('user.activated')])

describe.each(dialects)('invitations on $dialect', ({ test }) => {
  const token = (name: string) => ({ tokenHash: hash(name) })

  test('one tells whom it is for while it lives, and makes the user once, for one of twenty at once', async ({
    store,
  }) => {
    const { tenantId } = await createTenant(store)
    await invite(store, tenantId, { email, role: 'reader', name: 'Jean', locale: 'nl', ...token('t') })
    expect(await store.invitations.find(hash('t'), plus(59_999))).toMatchObject({
      ...{ tenantId, tenantName: 'Atelier Delvaux SRL', role: 'reader', email, name: 'Jean', locale: 'nl' },
      hasAccount: false,
    })
    expect(await store.invitations.find(hash('t'), plus(60_000))).toBeNull()
    expect(await store.invitations.findSpent(hash('t'), plus(60_000))).toBe('expired')
    expect(await store.accounts.findSignIn(email)).toBeNull()
    expect(await accept(store, 't', plus(60_000))).toBe(false)
    const tries = await Promise.all(Array.from({ length: 20 }, () => acceptanceOf(store, 't')))
    const won = await Promise.all(tries.map((one) => store.invitations.accept(one, [entryOf('user.activated')])))
    expect(countWon(won)).toBe(1)
    const session = tries[won.indexOf(true)]?.session.id ?? ''
    expect(await userOfSession(store, session)).toMatchObject({ email, role: 'reader', tenantId })
    expect(await store.invitations.find(hash('t'), noon)).toBeNull()
    expect(await store.invitations.findSpent(hash('t'), noon)).toBe('used')
  })

  test('an address is nobody’s by being invited: whoever accepts first has it, and the other reads so', async ({
    store,
  }) => {
    const [squatter, customer] = [await addTenant(store), await addTenant(store)]
    expect(await invite(store, squatter, { email, ...token('squat') })).toBe(true)
    expect(await inviteFirst(store, customer, 'first')).toBe(true)
    expect(await accept(store, 'first')).toBe(true)
    expect(await store.accounts.findSignIn(email)).toMatchObject({ user: { tenantId: customer } })
    expect(await store.invitations.find(hash('squat'), noon)).toMatchObject({ hasAccount: true })
    expect(await accept(store, 'squat')).toBe(false)
  })

  test('one that waits is replaced by the operator alone; one that ended, by anybody', async ({ store }) => {
    const tenantId = await addTenant(store)
    const answers = await race(3, (index) => invite(store, tenantId, { email, ...token(`${index}`) }))
    expect(countWon(answers)).toBe(1)
    expect(await invite(store, tenantId, { email, ...token('again') }, true)).toBe(true)
    for (const older of ['0', '1', '2']) expect(await store.invitations.find(hash(older), noon)).toBeNull()
    const later = { at: plus(60_000), tenantId }
    const late = invitationOf(tenantId, { email, ...token('late'), expiresAt: plus(120_000) })
    expect(await store.invitations.add(late, { replaces: false }, entryOf('user.invited', later))).toBe(true)
    expect(await store.tenantUsers.list(tenantId)).toMatchObject([{ id: late.id, state: 'invited' }])
  })

  test('a newer link kills the older one; a revoked one is dead; neither touches another tenant’s', async ({
    store,
  }) => {
    const [tenantId, other] = [await addTenant(store), await addTenant(store)]
    const invitation = invitationOf(tenantId, { email, ...token('older') })
    await store.invitations.add(invitation, { replaces: false }, entryOf('user.invited'))
    const fresh = { ...token('newer'), expiresAt: plus(90_000) }
    const { renew, revoke, find, findSpent } = store.invitations
    for (const wrong of [other, null])
      expect([
        await renew({ tenantId: wrong, id: invitation.id }, fresh, entryOf('user.invited')),
        await revoke({ tenantId: wrong, id: invitation.id }, entryOf('user.uninvited')),
      ]).toEqual([false, false])
    expect(await renew({ tenantId, id: invitation.id }, fresh, entryOf('user.invited'))).toBe(true)
    expect(await find(hash('older'), noon)).toBeNull()
    expect(await find(hash('newer'), plus(89_999))).not.toBeNull()
    expect(await revoke({ tenantId, id: invitation.id }, entryOf('user.uninvited'))).toBe(true)
    expect([await find(hash('newer'), noon), await findSpent(hash('newer'), noon)]).toEqual([null, null])
    expect(await accept(store, 'newer')).toBe(false)
    expect(await renew({ tenantId, id: invitation.id }, fresh, entryOf('user.invited'))).toBe(false)
    expect(await store.tenantUsers.list(tenantId)).toEqual([])
  })

  test('somebody of support is invited without a tenant', async ({ store }) => {
    await invite(store, null, { email, ...token('t') })
    expect(await store.tenantUsers.list(null)).toMatchObject([{ email, role: 'support', state: 'invited' }])
    expect(await accept(store, 't')).toBe(true)
    expect(await store.accounts.countSupport()).toBe(1)
  })
})

describe.each(dialects)('a tenant’s first admin on $dialect', ({ test }) => {
  const live = async (store: Store, tokens: string[]) => {
    const found = await Promise.all(tokens.map((token) => store.invitations.find(hash(token), noon)))
    return tokens.filter((_, index) => found[index] !== null)
  }

  test('is invited anew until one came in, each time in place of the one before', async ({ store }) => {
    const tenantId = await addTenant(store)
    expect(await inviteFirst(store, tenantId, 'one')).toBe(true)
    expect(await inviteFirst(store, tenantId, 'two')).toBe(true)
    expect(await inviteFirst(store, tenantId, 'three', 'jeanne@bois.example')).toBe(true)
    expect(await live(store, ['one', 'two', 'three'])).toEqual(['three'])
    expect(await store.tenantUsers.list(tenantId)).toHaveLength(1)
    expect(await store.tenantUsers.hadAdmin(tenantId)).toBe(false)
    expect(await accept(store, 'three')).toBe(true)
    expect(await store.tenantUsers.hadAdmin(tenantId)).toBe(true)
    expect(await inviteFirst(store, tenantId, 'four', 'luc@bois.example')).toBe(false)
    await store.accounts.disableUser('jeanne@bois.example', entryOf('user.deactivated'))
    expect(await inviteFirst(store, tenantId, 'five')).toBe(false)
    expect(await live(store, ['four', 'five'])).toEqual([])
  })

  test.for([1, 2, 3])('is one, when three are invited at once, try %i', async (_, { store }) => {
    const tenantId = await addTenant(store)
    const tokens = ['a', 'b', 'c']
    const done = await race(3, (index) => inviteFirst(store, tenantId, tokens[index] ?? '', `${index}@bois.example`))
    expect(done).toEqual([true, true, true])
    expect(await live(store, tokens)).toHaveLength(1)
  })

  test.for([1, 2, 3, 4])('either came in or was replaced, never both, try %i', async (_, { store }) => {
    const tenantId = await addTenant(store)
    await inviteFirst(store, tenantId, 'jean')
    const [accepted, invited] = await Promise.all([
      accept(store, 'jean'),
      inviteFirst(store, tenantId, 'jeanne', 'jeanne@bois.example'),
    ])
    expect(accepted).toBe(!invited)
  })
})
