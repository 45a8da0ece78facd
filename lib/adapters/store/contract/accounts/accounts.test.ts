import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { foldEmail } from '#lib/domain/accounts/user.ts'
import {
  countWon,
  createTenant,
  entryOf,
  newUser,
  noon,
  plus,
  race,
  sessionOf,
  userOfSession,
} from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const tenant = (name: string, ref: string | null = null) => ({
  id: randomUUID() as TenantId,
  name,
  ref,
})

describe.each(dialects)('tenants and users on $dialect', ({ test }) => {
  test('a reference is given once, even to twenty tenants at once', async ({ store, db }) => {
    const answers = await race(20, (index) =>
      store.accounts.addTenant(tenant(`client ${index}`, '48213'), entryOf('tenant.created')),
    )
    expect(countWon(answers)).toBe(1)
    for (const table of [db.tables.tenants, db.tables.connections, db.tables.journal])
      expect(await db.q.select().from(table)).toHaveLength(1)
  })

  test('a tenant is found by its id and by its reference, and has its first connection', async ({ store }) => {
    const { addTenant, findTenant, findTenantByRef } = store.accounts
    const zinc = tenant('Zinc SA', '48213')
    await addTenant(zinc, entryOf('tenant.created'))
    for (const found of [await findTenant(zinc.id), await findTenantByRef('48213')])
      expect(found).toEqual({ ...zinc, archivedAt: null })
    for (const found of [await findTenant('nobody'), await findTenantByRef('4821')]) expect(found).toBeNull()
    expect(await store.authorizations.find(zinc.id, 'teamleader')).toMatchObject({
      ...{ revision: 0, enabled: true, client: null },
      status: { state: 'unconfigured', reason: null, since: noon, lastSuccessAt: null },
    })
  })

  test('an address is given once, even to twenty users at once', async ({ store }) => {
    const email = 'support@porte-cles.example'
    const answers = await race(20, () => store.accounts.addUser(newUser(null, { email }), entryOf('user.created')))
    expect(countWon(answers)).toBe(1)
    expect(await store.accounts.countSupport()).toBe(1)
  })

  test('an address whose domain version 0.1.0 stored in its own letters is found by its ASCII form', async ({
    store,
  }) => {
    const { addUser, findSignIn, findOidcUser, disableUser } = store.accounts
    const { tenantId } = await createTenant(store)
    const folded = foldEmail('Marie@exämple.example')
    for (const [at, email] of ['marie@exämple.example', 'luc@exämple.example'.normalize('NFD')].entries())
      await addUser(newUser(tenantId, { email }), entryOf('user.created', { at: plus(at) }))
    expect((await findSignIn(folded))?.user.email).toBe('marie@exämple.example')
    expect(await findSignIn(foldEmail('luc@exämple.example'))).not.toBeNull()
    expect(await findSignIn(foldEmail('luc@example.example'))).toBeNull()
    const identity = { issuer: 'https://id.example', subject: '1', verifiedEmail: folded }
    expect((await findOidcUser(identity))?.user.email).toBe('marie@exämple.example')
    expect(await disableUser(folded, entryOf('user.deactivated'))).toBeTruthy()
  })

  test('a sign-in finds an admin with their tenant, support without one, and nobody else', async ({ store }) => {
    const { addUser, findSignIn, setLocale } = store.accounts
    const { tenantId } = await createTenant(store)
    const admin = newUser(tenantId, { passwordHash: 'argon2-hash' })
    const support = newUser(null)
    for (const user of [admin, support]) expect(await addUser(user, entryOf('user.created'))).toBe(true)
    await setLocale(admin.id, 'nl')
    expect(await findSignIn(admin.email)).toEqual({
      user: {
        id: admin.id,
        email: admin.email,
        name: 'Marie Delvaux',
        locale: 'nl',
        timeZone: null,
        role: 'admin',
        tenantId,
        tenantName: 'Atelier Delvaux SRL',
      },
      passwordHash: 'argon2-hash',
      disabled: false,
    })
    expect(await findSignIn(support.email)).toMatchObject({ user: { role: 'support' }, passwordHash: null })
    expect(await findSignIn('nobody@atelier.example')).toBeNull()
  })

  test('a session opens for the password that was verified, and lasts until it expires or ends', async ({
    store,
    db,
  }) => {
    const { addUser, openSession } = store.accounts
    const { tenantId } = await createTenant(store)
    const user = newUser(tenantId, { passwordHash: 'argon2-hash' })
    await addUser(user, entryOf('user.created'))
    const session = sessionOf(user.id)
    const on = { verifiedHash: 'argon2-hash', newHash: null, forgiven: [], now: noon }
    const changed = { ...on, verifiedHash: 'an older hash' }
    expect(await openSession({ ...session, id: randomUUID() }, changed, entryOf('session.opened'))).toBe(false)
    expect(await openSession(session, on, entryOf('session.opened'))).toBe(true)
    expect(await userOfSession(store, session.id, plus(59_999))).toMatchObject({ id: user.id, tenantId })
    expect(await userOfSession(store, session.id, plus(60_000))).toBeNull()
    expect(await userOfSession(store, 'another', noon)).toBeNull()
    await store.sessions.end(session.id, entryOf('session.ended'))
    await store.sessions.end(session.id, entryOf('session.ended'))
    expect(await userOfSession(store, session.id, noon)).toBeNull()
    const events = (await db.q.select().from(db.tables.journal)).map(({ event }) => event)
    expect(events.filter((event) => event === 'session.opened')).toHaveLength(1)
    expect(events.filter((event) => event === 'session.ended')).toHaveLength(1)
  })

  test('a session that opens gives one attempt back to each bucket it forgives', async ({ store }) => {
    const user = newUser((await createTenant(store)).tenantId, { passwordHash: 'argon2-hash' })
    await store.accounts.addUser(user, entryOf('user.created'))
    const password = () => store.rateLimit.take('guesses', 2, 60_000, noon)
    await password()
    await password()
    expect(await password()).not.toBeNull()
    const session = sessionOf(user.id)
    const on = { verifiedHash: 'argon2-hash', newHash: null, forgiven: ['guesses'], now: noon }
    await store.accounts.openSession(session, on, entryOf('session.opened'))
    expect(await password()).toBeNull()
    expect(await password()).not.toBeNull()
  })
})
