import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { NewLink } from '#lib/domain/accounts/one-time-link.ts'
import type { NewUser } from '#lib/ports/accounts.ts'
import type { Store } from '#lib/ports/deps.ts'
import {
  countWon,
  createTenant,
  entryOf,
  hash,
  newUser,
  noon,
  plus,
  race,
  sessionOf,
  userOfSession,
} from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const linkOf = (kind: NewLink['kind'], userId: string | null, token = 'token'): NewLink => ({
  kind,
  tokenHash: hash(token),
  userId,
  createdAt: noon,
  expiresAt: plus(60_000),
})

const sessionFor = (userId: string) => sessionOf(userId, { expiresAt: plus(3_600_000) })

const useOf = (userId: string, token = 'token', now = noon) => ({
  tokenHash: hash(token),
  userId,
  passwordHash: 'new-hash',
  session: sessionFor(userId),
  now,
})

const addUserWith = async (store: Store, user: NewUser, link: NewLink) => {
  await store.accounts.addUser(user, entryOf('user.created'))
  await store.accounts.addLink(link, null)
}

describe.each(dialects)('one-time links on $dialect', ({ test }) => {
  const entries = [entryOf('password.changed')]

  test('a link tells whom it is for, while it lives', async ({ store }) => {
    const { tenantId } = await createTenant(store)
    const user = newUser(tenantId)
    await addUserWith(store, user, linkOf('password', user.id))
    const { findLink } = store.accounts
    const { id, role, email, name } = user
    const tenantName = 'Atelier Delvaux SRL'
    const found = { kind: 'password', user: { id, role, email, name, locale: 'fr', tenantId, tenantName } }
    expect(await findLink(hash('token'), 'password', plus(59_999))).toEqual(found)
    expect(await findLink(hash('token'), 'password', plus(60_000))).toBeNull()
    expect(await findLink(hash('token'), 'address', noon)).toBeNull()
    expect(await findLink(hash('another'), 'password', noon)).toBeNull()
  })

  test('a link is used once, by one of twenty at once: password, name and session are there', async ({ store, db }) => {
    const user = newUser((await createTenant(store)).tenantId)
    await addUserWith(store, user, linkOf('password', user.id))
    const uses = Array.from({ length: 20 }, () => useOf(user.id))
    const answers = await Promise.all(uses.map((use) => store.accounts.useLink(use, entries)))
    expect(countWon(answers)).toBe(1)
    const sessions = await db.q.select().from(db.tables.sessions)
    expect(sessions.map(({ id }) => id)).toEqual([uses[answers.indexOf(true)]?.session.id])
    expect(await store.accounts.findSignIn(user.email)).toMatchObject({ passwordHash: 'new-hash' })
    expect(await store.accounts.findLink(hash('token'), 'password', noon)).toBeNull()
    const events = (await db.q.select().from(db.tables.journal)).map(({ event }) => event)
    expect(events.filter((event) => event === 'password.changed')).toHaveLength(1)
  })

  test('a link of another token or user, or one that expired, is not used', async ({ store }) => {
    const { tenantId } = await createTenant(store)
    const [user, other] = [newUser(tenantId), newUser(tenantId)]
    await addUserWith(store, user, linkOf('password', user.id))
    await store.accounts.addUser(other, entryOf('user.created'))
    const { useLink, findSignIn } = store.accounts
    expect(await useLink(useOf(user.id, 'another'), entries)).toBe(false)
    expect(await useLink(useOf(other.id), entries)).toBe(false)
    expect(await useLink(useOf(user.id, 'token', plus(60_000)), entries)).toBe(false)
    expect(await findSignIn(user.email)).toMatchObject({ passwordHash: null })
    expect(await useLink(useOf(user.id), entries)).toBe(true)
  })

  test('a newer link of the same kind kills the older one; another kind leaves it', async ({ store }) => {
    const user = newUser((await createTenant(store)).tenantId)
    const { addLink, findLink } = store.accounts
    await addUserWith(store, user, linkOf('password', user.id, 'older'))
    await addLink(linkOf('address', user.id, 'address'), null)
    await addLink(linkOf('password', user.id, 'newer'), entryOf('password.requested'))
    expect(await findLink(hash('older'), 'password', noon)).toBeNull()
    expect(await findLink(hash('newer'), 'password', noon)).not.toBeNull()
    expect(await findLink(hash('address'), 'address', noon)).not.toBeNull()
  })

  test('a password set by a link ends every session and every other link of its user', async ({ store }) => {
    const user = newUser((await createTenant(store)).tenantId, { passwordHash: 'old-hash' })
    const { addLink, findLink, openSession, useLink } = store.accounts
    await addUserWith(store, user, linkOf('password', user.id))
    await addLink(linkOf('address', user.id, 'address'), null)
    const open = sessionFor(user.id)
    const on = { verifiedHash: 'old-hash', newHash: null, forgiven: [], now: noon }
    expect(await openSession(open, on, entryOf('session.opened'))).toBe(true)
    const use = useOf(user.id)
    expect(await useLink(use, entries)).toBe(true)
    expect(await userOfSession(store, open.id, noon)).toBeNull()
    expect(await userOfSession(store, use.session.id, noon)).toMatchObject({ id: user.id })
    expect(await findLink(hash('address'), 'address', noon)).toBeNull()
  })

  test('a link that is spent says how, unless a newer one took its place', async ({ store }) => {
    const user = newUser((await createTenant(store)).tenantId)
    const { addLink, findSpent, useLink } = store.accounts
    await addUserWith(store, user, linkOf('password', user.id, 'older'))
    await addLink(linkOf('password', user.id), entryOf('password.requested'))
    expect(await findSpent(hash('older'), 'password', plus(60_000))).toBeNull()
    expect(await findSpent(hash('token'), 'password', plus(59_999))).toBeNull()
    expect(await findSpent(hash('token'), 'password', plus(60_000))).toBe('expired')
    expect(await useLink(useOf(user.id), entries)).toBe(true)
    expect(await findSpent(hash('token'), 'password', plus(60_000))).toBe('used')
    expect(await findSpent(hash('token'), 'address', noon)).toBeNull()
  })

  test('a disabled user has neither link nor session', async ({ store, db }) => {
    const user = newUser((await createTenant(store)).tenantId, { passwordHash: 'old-hash' })
    const { findLink, openSession, useLink, findSignIn } = store.accounts
    await addUserWith(store, user, linkOf('password', user.id))
    const open = sessionFor(user.id)
    const on = { verifiedHash: 'old-hash', newHash: null, forgiven: [], now: noon }
    await openSession(open, on, entryOf('session.opened'))
    const { users } = db.tables
    await db.q.update(users).set({ disabledAt: noon }).where(eq(users.id, user.id))
    expect(await userOfSession(store, open.id, noon)).toBeNull()
    expect(await openSession({ ...open, id: randomUUID() }, on, entryOf('session.opened'))).toBe(false)
    expect(await findLink(hash('token'), 'password', noon)).toBeNull()
    expect(await useLink(useOf(user.id), entries)).toBe(false)
    expect(await findSignIn(user.email)).toMatchObject({ disabled: true })
  })

  test('the first run makes one support user, for one of twenty at once, and never a second', async ({ store }) => {
    const { addLink, findLink, useFirstRun, countSupport } = store.accounts
    await addLink(linkOf('first_run', null), null)
    expect(await findLink(hash('token'), 'first_run', noon)).toEqual({ kind: 'first_run', user: null })
    const uses = Array.from({ length: 20 }, () => {
      const user = newUser(null, { passwordHash: 'hash' })
      return { tokenHash: hash('token'), user, session: sessionFor(user.id), now: noon }
    })
    const answers = await Promise.all(uses.map((use) => useFirstRun(use, entries)))
    expect(countWon(answers)).toBe(1)
    expect(await countSupport()).toBe(1)
    const winner = uses[answers.indexOf(true)]
    expect(await userOfSession(store, winner?.session.id ?? '', noon)).toMatchObject({ role: 'support' })
    await addLink(linkOf('first_run', null, 'again'), null)
    expect(await useFirstRun({ ...uses[0], tokenHash: hash('again') } as never, entries)).toBe(false)
    expect(await countSupport()).toBe(1)
  })

  test('a boot that replaces the first-run link kills the older one', async ({ store }) => {
    const { addLink, useFirstRun } = store.accounts
    await race(2, (index) => addLink(linkOf('first_run', null, `boot ${index}`), null))
    await addLink(linkOf('first_run', null, 'last boot'), null)
    const user = newUser(null)
    const use = { user, session: sessionFor(user.id), now: noon }
    expect(await useFirstRun({ ...use, tokenHash: hash('boot 0') }, entries)).toBe(false)
    expect(await useFirstRun({ ...use, tokenHash: hash('last boot') }, entries)).toBe(true)
  })
})
