import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asc } from 'drizzle-orm'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'

export const passphrase = 'une phrase assez longue'

export const operator = { kind: 'operator' } as const

/** The real container on a database file of its own, with a clock that the test moves; no provider stands behind it. */
export const openAccountsApp = async (settings: Record<string, string> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'porte-cles-accounts-'))
  const databaseUrl = `file:${join(folder, 'app.db')}`
  let at = new Date('2026-11-22T12:00:00.000Z')
  const clock = { now: () => at }
  const app = await createContainer(
    parseEnv({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent', REQUIRE_SECOND_FACTOR: 'none', ...settings }),
    {
      clock,
    },
  )
  const db = await openDatabase(databaseUrl)
  const { journal } = db.tables

  return {
    app,
    db,
    pass: (ms: number) => {
      at = new Date(at.getTime() + ms)
    },
    addAdmin: async (email: string, password: string | null = passphrase) => {
      const tenantId = await app.createAccounts.addTenant({ name: 'Atelier Delvaux SRL', ref: null }, operator)
      if (tenantId === null) throw new Error('the tenant was not added')
      return { tenantId, ...(await app.createAccounts.addUser({ email, role: 'admin', tenantId, password }, operator)) }
    },
    disable: (email: string) => app.createAccounts.disableUser(email, operator),
    /** `event outcome` of every entry, oldest first. */
    journal: async () => {
      const rows = await db.q.select().from(journal).orderBy(asc(journal.at))
      return rows.map(({ event, outcome }) => `${event} ${outcome}`)
    },
    close: async () => {
      await db.close()
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type AccountsApp = Awaited<ReturnType<typeof openAccountsApp>>
