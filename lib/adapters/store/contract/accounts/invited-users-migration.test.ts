import { readdirSync, readFileSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import pg from 'pg'
import { describe, expect } from 'vitest'
import { createTenant, entryOf, hash, newUser, noon, plus } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

/** The statements of a migration that move who was invited out of the users. */
const moving = (dialect: string): string[] => {
  const folder = new URL(`../../../../../drizzle/migrations/${dialect}/`, import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const texts = files.map((name) => readFileSync(new URL(name, folder), 'utf8'))
  const text = texts.find((one) => /INSERT INTO [`"]invitations[`"]/.test(one))
  const statements = text?.split('--> statement-breakpoint').map((one) => one.trim()) ?? []
  return statements.filter((one) => /^(INSERT|DELETE)/.test(one))
}

const run = async (url: string, statements: string[]) => {
  if (url.startsWith('file:')) {
    const file = new BetterSqlite3(url.slice('file:'.length))
    for (const statement of statements) file.exec(statement)
    return file.close()
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  return client.end()
}

describe.each(dialects)('the migration of who was invited on $dialect', ({ dialect, test }) => {
  test('makes an invitation of whoever never came in, whose link goes on, and leaves everybody else', async ({
    store,
    db,
    url,
  }) => {
    const { tenantId, userId } = await createTenant(store)
    const { users, oneTimeLinks } = db.tables
    await db.q.update(users).set({ passwordHash: 'hash' })
    const [waiting, withdrawn, withoutLink] = [newUser(tenantId), newUser(null), newUser(tenantId)]
    const [bound, confirmed] = [newUser(tenantId), newUser(tenantId)]
    for (const user of [waiting, withdrawn, withoutLink, bound, confirmed])
      await store.accounts.addUser(user, entryOf('user.created'))
    const link = (user: string, usedAt: Date | null = null) => ({
      ...{ id: `invitation:${user}`, kind: 'invitation' as never, tokenHash: hash(user), userId: user, usedAt },
      ...{ createdAt: noon, expiresAt: plus(60_000) },
    })
    await db.q.insert(oneTimeLinks).values([link(waiting.id), link(confirmed.id, noon)])
    await store.accounts.disableUser(withdrawn.email, entryOf('user.deactivated'))
    const identity = { issuer: 'https://id.example', subject: bound.id }
    const session = {
      ...{ id: 's', userId: bound.id, expiresAt: plus(60_000) },
      method: 'oidc',
      ip: null,
      device: null,
    } as const
    await store.accounts.openOidcSession(
      session,
      { identity, binds: true, forgiven: [], now: noon },
      entryOf('session.opened'),
    )

    await run(url, moving(dialect === 'SQLite' ? 'sqlite' : 'postgres'))

    const left = (await db.q.select().from(users)).map(({ id }) => id)
    expect(left.sort()).toEqual([userId, bound.id, confirmed.id].sort())
    expect(await store.invitations.find(hash(waiting.id), noon)).toMatchObject({
      id: waiting.id,
      tenantId,
      role: 'admin',
    })
    expect((await store.tenantUsers.list(tenantId)).filter(({ state }) => state === 'invited')).toHaveLength(2)
    expect(await store.tenantUsers.list(null)).toEqual([])
    expect(await db.q.select().from(oneTimeLinks)).toEqual([])
  })
})
