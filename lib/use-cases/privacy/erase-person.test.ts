import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { eq } from 'drizzle-orm'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect } from 'vitest'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { backUp } from '#lib/composition/operations/backup.ts'
import { linkOf } from '#lib/domain/accounts/one-time-link.ts'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { dataInventory } from '#lib/domain/privacy/data-inventory.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const operator = { kind: 'operator' } as const
const canary = 'quetzalcoatl'
const email = `${canary}@atelier.example`
const password = 'une phrase assez longue'
const ip = '203.0.113.77'
const keys = {
  ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
  REQUIRE_SECOND_FACTOR: 'none',
}

const open = async (url: string) => {
  const env = parseEnv({ ...keys, DATABASE_URL: url, LOG_LEVEL: 'silent' })
  const app = await createContainer(env)
  const { addTenant, addUser } = app.createAccounts
  const tenantId = await addTenant({ name: 'Menuiserie Lambert', ref: null }, operator)
  if (tenantId === null) throw new Error('there is no tenant')
  const add = (email: string, name: string) => addUser({ email, name, role: 'admin', tenantId, password }, operator)
  const { userId } = await add(email, `Marie ${canary}`)
  await app.signIn.begin({ email: email.toUpperCase(), password, ip })
  await app.signIn.begin({ email, password: 'une autre phrase', ip }).catch(() => null)
  await app.requestPasswordReset.request(email, null)
  const person = await app.findPerson(email)
  const tenant = await app.store.accounts.findTenant(tenantId)
  if (!person || !tenant) throw new Error('nobody is there')
  return { app, env, add, userId, person, tenant }
}

const former = 'popocatepetl'

/** Everything else that may be kept of a person: names and an address that they had before, factors, their account at the provider, mails, what support noted. */
const spread = async ({ app, userId, person, tenant }: Awaited<ReturnType<typeof open>>, { q, tables }: Database) => {
  const at = new Date()
  const { tenantUsers, accounts, tenants } = app.store
  const known = await accounts.findSignIn(email)
  const { id: tenantId } = tenant
  const [connection] = await q.select().from(tables.connections)
  if (!known || !connection) throw new Error('nobody is there')
  const profile = { locale: 'fr', timeZone: null } as const
  await app.manageAccount.save(known.user, { ...profile, name: `Marie ${former}` })
  await app.manageAccount.save(known.user, { ...profile, name: `Marie ${canary}` })
  for (const [token, to] of [
    ['first', `${former}@atelier.example`],
    ['second', email],
  ] as const) {
    const link = { ...linkOf('address', app.random.hash(token), userId, at), email: to }
    await accounts.addLink(link, journalEntry({ at, tenantId, actor: operator, event: 'email.requested' }))
    await app.manageAccount.confirmEmail(token, ip)
  }
  const owned = { userId, createdAt: at }
  const key = { publicKey: '', counter: 0, transports: [] }
  await q.insert(tables.passkeys).values({ ...owned, ...key, id: `key-${canary}`, name: `MacBook de ${canary}` })
  await q.insert(tables.recoveryCodes).values({ ...owned, id: 'r', codeHash: `hash-${canary}` })
  await q.insert(tables.totpSecrets).values({ ...owned, sealedSecret: `sealed-${canary}`, lastStep: 1 })
  const device = { browser: canary, system: null }
  await q.update(tables.sessions).set({ device }).where(eq(tables.sessions.userId, userId))
  const about = { tenantId, connectionId: connection.id, reason: 'revoked', openedAt: at } as const
  const noted = { notedBy: 'support', notedAt: at }
  await q.insert(tables.incidents).values([
    { ...about, ...noted, id: 'i', note: `Rappelé : MARIE ${canary.toUpperCase()} s’en occupe.` },
    { ...about, ...noted, id: 'j', note: 'Rappelé, sans réponse.' },
  ])
  await q.insert(tables.deliveries).values({
    ...{ id: 'd', channel: 'mail', kind: 'reconnect_request', onceKey: `reconnect_request ${userId} many 1`, tenantId },
    ...{ userId, payload: { provider: `teamleader ${canary}` }, createdAt: at, attempts: 1 },
  })
  const client = { identifier: '', sealedSecret: '', secretGeneration: 1, secretLast4: '', secretSetAt: at }
  await q.insert(tables.clients).values({ ...client, id: 'c', tenantId, provider: 'teamleader' })
  await q.insert(tables.tokenSets).values({
    ...{ id: 's', tenantId, connectionId: connection.id, clientId: 'c', provider: 'teamleader', generation: 1 },
    ...{ sealedAccessToken: '', sealedRefreshToken: '', expiresAt: at, lifetimeMs: 1, createdAt: at },
    ...{ accessRefused: false, knownState: true, identity: 'read', identityDueAt: at, authorizedBy: userId },
    ...{ accountName: `Marie ${canary}`, accountEmail: `${former}@atelier.example` },
  })
  // seen by their customer, and by support, in all that is handed out
  await app.exportUser(person, operator)
  for await (const _ of await app.exportTenant(tenant, operator));
  await tenants.rename(
    tenant,
    { ...tenant, name: `Menuiserie ${former}` },
    journalEntry({ at, tenantId, actor: operator, event: 'tenant.renamed' }),
  )
  await tenants.rename(
    { ...tenant, name: `Menuiserie ${former}` },
    tenant,
    journalEntry({ at, tenantId, actor: operator, event: 'tenant.renamed' }),
  )
  return tenantUsers.list(tenantId)
}

/** Where something is said of a person, in whatever case: in the rows, and in the files of a database that is one. */
const found = async (url: string, db: Database, word: string): Promise<string[]> => {
  const rows = await Promise.all(
    Object.keys(dataInventory).map(async (name) => {
      const table = db.tables[name as keyof typeof db.tables]
      return JSON.stringify(await db.q.select().from(table))
        .toLowerCase()
        .includes(word.toLowerCase())
        ? [name]
        : []
    }),
  )
  if (!url.startsWith('file:')) return rows.flat()
  const folder = dirname(url.slice('file:'.length))
  const files = readdirSync(folder).filter((file) =>
    readFileSync(join(folder, file), 'latin1').toLowerCase().includes(word.toLowerCase()),
  )
  return [...rows.flat(), ...files]
}

describe.each(dialects)('erasing on $dialect', ({ test }) => {
  test('a person leaves nothing in the database, its files or a backup, and the journal keeps the id', async ({
    url,
    db,
  }) => {
    const opened = await open(url)
    const { app, env, add, userId, person } = opened
    await spread(opened, db)
    await expect(app.eraseUser(person, operator)).rejects.toMatchObject({ code: 'last_admin' })
    await add('luc@atelier.example', 'Luc Peeters')
    const places = [
      'users',
      'searchWords',
      'passkeys',
      'sessions',
      'incidents',
      'deliveries',
      'tokenSets',
      'oneTimeLinks',
    ]
    expect(await found(url, db, canary)).toEqual(expect.arrayContaining(places))
    expect(await found(url, db, ip)).toEqual(expect.arrayContaining(['sessions', 'journal']))
    expect(await app.eraseUser(person, operator)).toBe(true)
    if (url.startsWith('file:')) await backUp(env, `${url.slice('file:'.length)}.backup`, new Date())
    for (const word of [canary, former, ip, app.random.hash(email)]) expect(await found(url, db, word)).toEqual([])
    expect(await found(url, db, 'sans réponse')).toContain('incidents')
    expect(await found(url, db, userId)).toContain('journal')
    expect(await app.findPerson('luc@atelier.example')).not.toBeNull()
    await app.close()
  })

  test('of who lost access before, the address that was released goes too', async ({ url, db }) => {
    const { app, add, userId, person } = await open(url)
    await add('luc@atelier.example', 'Luc Peeters')
    const ops = { email: 'ops@support.example', name: 'Ops', role: 'support', tenantId: null, password } as const
    await app.createAccounts.addUser(ops, operator)
    const session = await app.signIn.begin({ email: ops.email, password, ip: null })
    const luc = await app.signIn.begin({ email: 'luc@atelier.example', password, ip: null })
    const { user: support } = session
    if (support.role !== 'support' || luc.user.role !== 'admin' || !person.tenantId) throw new Error('nobody is there')
    const find = async () => app.store.tenantUsers.find(person.tenantId, userId)
    const active = await find()
    await expect(active && app.eraseDeactivated(luc.user, active)).rejects.toMatchObject({ code: 'user_changed' })
    await app.createAccounts.disableUser(email, operator)
    await app.releaseAddress(support, person.tenantId, userId)
    const gone = await find()
    if (gone) await app.eraseDeactivated(luc.user, gone)
    for (const word of [canary, ip]) expect(await found(url, db, word)).toEqual([])
    expect(await find()).toBeNull()
    await app.close()
  })

  test('a customer leaves its id in the journal, where its erasing began and ended, and other customers all they had', async ({
    url,
    db,
  }) => {
    const opened = await open(url)
    const { app, env, tenant } = opened
    await spread(opened, db)
    const other = await app.createAccounts.addTenant({ name: 'Atelier Delvaux', ref: null }, operator)
    expect(await app.eraseTenant.whole(tenant, operator)).toBe(true)
    if (url.startsWith('file:')) await backUp(env, `${url.slice('file:'.length)}.backup`, new Date())
    for (const word of [canary, former, 'Lambert', 'sans réponse', ip]) expect(await found(url, db, word)).toEqual([])
    const entries = await db.q.select().from(db.tables.journal)
    expect(entries.filter(({ detail }) => detail.tenant === tenant.id).map(({ event }) => event)).toEqual([
      'tenant.erasure_begun',
      'tenant.erased',
    ])
    expect(entries.filter(({ tenantId }) => tenantId === tenant.id)).toEqual([])
    expect(await app.store.accounts.findTenant(other ?? '')).not.toBeNull()
    await app.close()
  })

  test('what is kept is handed out before, without a secret', async ({ url }) => {
    const { app, person, tenant } = await open(url)
    const text = await app.exportUser(person, operator)
    expect(JSON.parse(text)).toMatchObject({ users: [{ email, name: `Marie ${canary}` }], journal: expect.any(Array) })
    expect(text).not.toContain('argon2')
    const parts: Uint8Array[] = []
    for await (const bytes of await app.exportTenant(tenant, operator)) parts.push(bytes)
    const files = unzipSync(Buffer.concat(parts))
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['users.json', 'journal.json', 'contacts.ndjson']))
    const users = files['users.json']
    expect(users && JSON.parse(strFromU8(users))).toMatchObject([{ email }])
    expect(
      Object.values(files)
        .map((file) => strFromU8(file))
        .join(''),
    ).not.toContain('argon2')
    await app.close()
  })
})
