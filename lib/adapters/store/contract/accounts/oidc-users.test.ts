import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import {
  countWon,
  createTenant,
  entryOf,
  newUser,
  noon,
  race,
  sessionOf,
  userOfSession,
} from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const issuer = 'https://id.example'

describe.each(dialects)('sign-ins through an OpenID provider on $dialect', ({ test }) => {
  test('a user is found by identity before address, active or not, and with what they are bound to', async ({
    store,
    db,
  }) => {
    const { addUser, findOidcUser, openOidcSession } = store.accounts
    const { tenantId } = await createTenant(store)
    const [marie, luc] = [newUser(tenantId), newUser(tenantId)]
    for (const user of [marie, luc]) await addUser(user, entryOf('user.created'))
    const identity = { issuer, subject: 'marie', verifiedEmail: marie.email }
    expect(await findOidcUser(identity)).toMatchObject({ user: { id: marie.id }, disabled: false, binding: null })
    const session = sessionOf(marie.id)
    const on = { identity, binds: true, forgiven: [], now: noon }
    expect(await openOidcSession(session, on, entryOf('session.opened'))).toBe(true)
    expect(await userOfSession(store, session.id, noon)).toMatchObject({ id: marie.id })
    const binding = { issuer, subject: 'marie' }
    for (const verifiedEmail of [luc.email, null])
      expect(await findOidcUser({ ...identity, verifiedEmail })).toMatchObject({ user: { id: marie.id }, binding })
    const other = { issuer: 'https://id.other', subject: 'marie' }
    expect(await findOidcUser({ ...other, verifiedEmail: marie.email })).toMatchObject({ binding })
    expect(await findOidcUser({ ...other, verifiedEmail: null })).toBeNull()
    await db.q.update(db.tables.users).set({ disabledAt: noon }).where(eq(db.tables.users.id, marie.id))
    expect(await findOidcUser(identity)).toMatchObject({ disabled: true })
  })

  test('of twenty identities that bind one user at once, one does, and only it comes back', async ({ store, db }) => {
    const { addUser, openOidcSession } = store.accounts
    const user = newUser((await createTenant(store)).tenantId)
    await addUser(user, entryOf('user.created'))
    const open = (subject: string, binds: boolean) =>
      openOidcSession(
        sessionOf(user.id),
        { identity: { issuer, subject }, binds, forgiven: [], now: noon },
        entryOf('session.opened'),
      )
    const bound = await race(20, (index) => open(`subject ${index}`, true))
    expect(countWon(bound)).toBe(1)
    expect(await race(20, (index) => open(`subject ${index}`, false))).toEqual(bound)
    const { journal, sessions, users } = db.tables
    expect(await db.q.select().from(sessions)).toHaveLength(2)
    const opened = await db.q.select().from(journal).where(eq(journal.event, 'session.opened'))
    expect(opened).toHaveLength(2)
    await db.q.update(users).set({ disabledAt: noon }).where(eq(users.id, user.id))
    expect(countWon(await race(20, (index) => open(`subject ${index}`, false)))).toBe(0)
  })

  test('an identity belongs to one user', async ({ store }) => {
    const { addUser, openOidcSession } = store.accounts
    const { tenantId } = await createTenant(store)
    const users = [newUser(tenantId), newUser(tenantId)]
    for (const user of users) await addUser(user, entryOf('user.created'))
    const open = (userId: string) =>
      openOidcSession(
        sessionOf(userId),
        { identity: { issuer, subject: 'marie' }, binds: true, forgiven: [], now: noon },
        entryOf('session.opened'),
      )
    expect(await open(users[0]?.id ?? '')).toBe(true)
    await expect(open(users[1]?.id ?? '')).rejects.toThrow()
  })
})
