import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { dayMs } from '#lib/domain/duration.ts'
import { openTestApp } from '#lib/testing/app/test-app.ts'
import { differences, equal, settle } from '#lib/testing/sync/copied-tenant.ts'
import { smallCopies } from '#lib/testing/sync/small-copy.ts'

describe.each(['SQLite', 'PostgreSQL'])('a copy on %s', (dialect) => {
  test('goes 30 days after « Déconnecter », and begins anew with the next connection', async () => {
    const testApp = await openTestApp({}, dialect)
    const { app, clock } = testApp
    try {
      const small = smallCopies(testApp)
      const other = await small.copied()
      const { admin, integration } = await testApp.connected()
      await testApp.control.turn({ clientId: integration.clientId }, { rate_limit: 1_000_000, clock_per_call_ms: 300 })
      await settle(testApp)
      const of = { tenantId: admin.tenantId, list: 'companies' } as const
      const [erased] = small.draw(1)
      await app.eraseRecord.erase(admin, 'companies', erased ?? '')

      const left = async () => {
        const db = await openDatabase(testApp.databaseUrl)
        const { companies, contacts, companyWords, syncRuns } = db.tables
        const [rows, runs, words] = [
          await db.q.select().from(companies).where(eq(companies.tenantId, admin.tenantId)),
          await db.q.select().from(syncRuns).where(eq(syncRuns.tenantId, admin.tenantId)),
          await db.q.select({ record: companyWords.record }).from(companyWords),
        ]
        const people = await db.q.select().from(contacts).where(eq(contacts.tenantId, admin.tenantId))
        await db.close()
        return {
          records: rows.length + people.length,
          runs: runs.length,
          words: new Set(words.map((w) => w.record)).size,
        }
      }
      const forget = async () => {
        while (await app.purgeExpired());
      }

      await forget()
      const whole = await left()
      await app.disconnect(admin, 'teamleader')
      clock.move(29 * dayMs)
      await forget()
      expect(await left()).toEqual(whole)
      clock.move(2 * dayMs)
      await forget()
      expect(await left()).toEqual({ records: 0, runs: 0, words: 250 })
      expect((await testApp.journal(admin)).filter((line) => line === 'sync.purged ok')).toHaveLength(3)
      expect(await app.store.records.copy(of)).toMatchObject({ completeAt: null, provenAt: null })
      expect(await app.store.sync.find(admin.tenantId, 'companies')).toMatchObject({ epoch: 2, accountId: null })
      // that of a customer who stayed is whole
      expect(await differences(testApp, other.admin, 'companies')).toEqual(equal)

      await testApp.connect(admin, integration)
      await settle(testApp)
      await forget()
      expect(await differences(testApp, admin, 'companies')).toEqual({ ...equal, lost: [erased] })
    } finally {
      await testApp.close()
    }
  })

  test('of a connection that came back while it was deleted begins anew', async () => {
    const testApp = await openTestApp({}, dialect)
    const { app, clock } = testApp
    try {
      const small = smallCopies(testApp)
      const { admin, clientId } = await small.copied()
      await app.disconnect(admin, 'teamleader')
      clock.move(31 * dayMs)
      await app.purgeExpired()
      await app.purgeExpired()
      await testApp.connect(admin, { clientId })
      while (await app.purgeExpired());
      await settle(testApp)
      expect(await differences(testApp, admin, 'companies')).toEqual(equal)
    } finally {
      await testApp.close()
    }
  })
})
