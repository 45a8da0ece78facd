import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { SeenUser, UserChange } from '#lib/domain/accounts/listed-user.ts'
import { linkOf } from '#lib/domain/accounts/one-time-link.ts'
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

const active = { passwordHash: 'hash' }
const admin: SeenUser = { role: 'admin', state: 'active' }
const deactivate: UserChange = { kind: 'deactivate' }

const addUser = async (store: Store, tenantId: TenantId | null, more: Partial<ReturnType<typeof newUser>> = active) => {
  const user = newUser(tenantId, more)
  await store.accounts.addUser(user, entryOf('user.created', { tenantId }))
  return user
}

/** Without anybody. */
const addTenant = async (store: Store) => {
  const id = randomUUID() as TenantId
  await store.accounts.addTenant({ id, name: 'Bois & Fils', ref: null }, entryOf('tenant.created', { tenantId: id }))
  return id
}

const signIn = async (store: Store, userId: string, now = noon) => {
  const session = sessionOf(userId, { expiresAt: plus(3_600_000) })
  const entry = entryOf('session.opened', { at: now, actor: { kind: 'user', userId } })
  await store.accounts.openSession(session, { verifiedHash: 'hash', newHash: null, forgiven: [], now }, entry)
  return session.id
}

describe.each(dialects)('the users of a tenant on $dialect', ({ test }) => {
  const entry = entryOf('user.deactivated')

  test('are listed with what they are, and nobody else', async ({ store }) => {
    const [{ tenantId }, other] = [await createTenant(store), await createTenant(store)]
    const [first] = await store.tenantUsers.list(tenantId)
    expect(first).toMatchObject({ role: 'admin', state: 'active', invitedUntil: null, lastSignInAt: null })
    const until = plus(60_000)
    const guest = invitationOf(tenantId, { expiresAt: until, name: 'Aaron' })
    await store.invitations.add(guest, { replaces: false }, entryOf('user.invited'))
    await store.invitations.add(invitationOf(null), { replaces: false }, entryOf('user.invited'))
    const reader = await addUser(store, tenantId, { ...active, role: 'reader', name: 'Anne' })
    const late = plus(60_000)
    const session = entryOf('session.opened', { tenantId, at: late, actor: { kind: 'user', userId: reader.id } })
    await store.journal.append({ ...session, at: noon })
    await store.journal.append(session)
    await addUser(store, null)
    expect(await store.tenantUsers.list(tenantId)).toMatchObject([
      { id: reader.id, role: 'reader', state: 'active', lastSignInAt: late },
      { id: first?.id },
      { id: guest.id, state: 'invited', invitedUntil: until },
    ])
    expect(await store.tenantUsers.find(other.tenantId, reader.id)).toBeNull()
  })

  test('a change ends sessions and links of its user at once, and of nobody else', async ({ store }) => {
    const { tenantId } = await createTenant(store)
    const [marie, luc] = [await addUser(store, tenantId), await addUser(store, tenantId)]
    const [hers, his] = [await signIn(store, marie.id), await signIn(store, luc.id)]
    await store.accounts.addLink(linkOf('password', hash('his'), luc.id, noon), null)
    const action = { tenantId, userId: luc.id, by: marie.id }
    expect(
      await store.tenantUsers.change(
        { ...action, seen: admin, change: { kind: 'change_role', role: 'reader' } },
        entry,
      ),
    ).toBe(true)
    expect(await userOfSession(store, his, noon)).toBeNull()
    expect(await store.accounts.findLink(hash('his'), 'password', noon)).toBeNull()
    expect(await userOfSession(store, hers, noon)).toMatchObject({ id: marie.id })
    const again = await signIn(store, luc.id)
    expect(await userOfSession(store, again, noon)).toMatchObject({ role: 'reader' })
    const seen: SeenUser = { role: 'reader', state: 'active' }
    expect(await store.tenantUsers.change({ ...action, seen, change: deactivate }, entry)).toBe(true)
    expect(await userOfSession(store, again, noon)).toBeNull()
    const back: UserChange = { kind: 'reactivate' }
    expect(
      await store.tenantUsers.change({ ...action, seen: { ...seen, state: 'deactivated' }, change: back }, entry),
    ).toBe(true)
    expect(await store.tenantUsers.find(tenantId, luc.id)).toMatchObject({ state: 'active', role: 'reader' })
  })

  test('nothing is changed of a user who is not as seen, of another tenant or of support, or by somebody without the right', async ({
    store,
    db,
  }) => {
    const [{ tenantId }, other] = [await createTenant(store), await createTenant(store)]
    const [marie, luc] = [await addUser(store, tenantId), await addUser(store, tenantId)]
    const [reader, otherAdmin] = [
      await addUser(store, tenantId, { ...active, role: 'reader' }),
      await addUser(store, other.tenantId),
    ]
    const support = await addUser(store, null)
    const action = { tenantId, userId: luc.id, by: marie.id, seen: admin, change: deactivate }
    for (const wrong of [
      { seen: { role: 'reader', state: 'active' } as const },
      { seen: { role: 'admin', state: 'deactivated' } as const },
      { userId: otherAdmin.id },
      { userId: support.id },
      { by: reader.id },
      { by: otherAdmin.id },
      { by: support.id },
      { tenantId: other.tenantId },
    ]) {
      expect(await store.tenantUsers.change({ ...action, ...wrong }, entry), JSON.stringify(wrong)).toBe(false)
      const link = linkOf('password', hash('t'), luc.id, noon)
      const { seen: _seen, change: _change, ...rest } = { ...action, ...wrong }
      if (!('seen' in wrong))
        expect(await store.tenantUsers.replaceLink({ ...rest, link }, entry), JSON.stringify(wrong)).toBe(false)
    }
    const events = (await db.q.select().from(db.tables.journal)).map(({ event }) => event)
    expect(events).not.toContain('user.deactivated')
    expect(await store.tenantUsers.change(action, entry)).toBe(true)
  })

  test('the last active admin stays: neither deactivated nor made a reader, whoever was invited beside', async ({
    store,
  }) => {
    const tenantId = await addTenant(store)
    const marie = await addUser(store, tenantId)
    const alone = { tenantId, userId: marie.id, by: marie.id, seen: admin }
    const demote: UserChange = { kind: 'change_role', role: 'reader' }
    expect(await store.tenantUsers.change({ ...alone, change: deactivate }, entry)).toBe(false)
    expect(await store.tenantUsers.change({ ...alone, change: demote }, entry)).toBe(false)
    await addUser(store, tenantId)
    expect(await store.tenantUsers.change({ ...alone, change: demote }, entry)).toBe(true)
  })

  test('of admins who all take each other’s access away at once, one is left', async ({ store, db }) => {
    for (let round = 0; round < 5; round += 1) {
      const tenantId = await addTenant(store)
      const admins = [await addUser(store, tenantId), await addUser(store, tenantId), await addUser(store, tenantId)]
      const changes = await race(6, (index) => {
        const [target, by] = [admins[index % 3], admins[(index + (index < 3 ? 1 : 2)) % 3]]
        const action = { tenantId, userId: target?.id ?? '', by: by?.id ?? '', seen: admin }
        return store.tenantUsers.change({ ...action, change: deactivate }, entryOf('user.deactivated', { tenantId }))
      })
      expect(countWon(changes)).toBe(2)
      const left = (await store.tenantUsers.list(tenantId)).filter(({ state }) => state === 'active')
      expect(left).toHaveLength(1)
      const entries = await db.q.select().from(db.tables.journal)
      expect(entries.filter((row) => row.tenantId === tenantId && row.event === 'user.deactivated')).toHaveLength(2)
    }
  })

  test('two admins who step down together leave one of them', async ({ store }) => {
    const tenantId = await addTenant(store)
    const pair = [await addUser(store, tenantId), await addUser(store, tenantId)]
    const stepsDown = await race(2, (index) => {
      const id = pair[index]?.id ?? ''
      return store.tenantUsers.change({ tenantId, userId: id, by: id, seen: admin, change: deactivate }, entry)
    })
    expect(countWon(stepsDown)).toBe(1)
  })

  test('support decides among its own people, and one of them stays', async ({ store }) => {
    const { tenantId } = await createTenant(store)
    const [first, second] = [await addUser(store, null), await addUser(store, null)]
    const seen: SeenUser = { role: 'support', state: 'active' }
    const admin = await addUser(store, tenantId)
    const of = (userId: string, by: string) => ({ tenantId: null, userId, by, seen, change: deactivate })
    expect(await store.tenantUsers.change(of(first.id, admin.id), entry)).toBe(false)
    expect(await store.tenantUsers.change({ ...of(admin.id, first.id), seen: { ...seen, role: 'admin' } }, entry)).toBe(
      false,
    )
    const stepsDown = await race(2, (index) =>
      store.tenantUsers.change(of([second, first][index]?.id ?? '', [first, second][index]?.id ?? ''), entry),
    )
    expect(countWon(stepsDown)).toBe(1)
    const left = (await store.tenantUsers.list(null)).filter(({ state }) => state === 'active')
    expect(left).toHaveLength(1)
    const last = left[0]?.id ?? ''
    expect(await store.tenantUsers.change(of(last, last), entry)).toBe(false)
  })
})
