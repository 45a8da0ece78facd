import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { connectedTenant, inDatabase, minute } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp } from '#lib/testing/app/test-app.ts'
import { startMailServer } from '#lib/testing/servers/mail-server.ts'

test.each(['SQLite', 'PostgreSQL'])(
  'on %s each of support reads the digest in the morning of their own clock, on the day it changes too',
  async (dialect) => {
    const mails = await startMailServer()
    const testApp = await openTestApp(mails.settings, dialect)
    const { app, clock } = testApp
    try {
      const { script } = await connectedTenant(testApp)
      await script([{ revoke: true }])
      clock.move(25 * 60 * minute)
      await testApp.work()
      const addSupport = async (email: string, timeZone: string | null) => {
        const support = { email, role: 'support', tenantId: null, password: 'une phrase assez longue' } as const
        const { userId } = await app.createAccounts.addUser(support, { kind: 'operator' })
        await inDatabase(testApp, async ({ q, tables: { users } }) => {
          await q.update(users).set({ timeZone }).where(eq(users.id, userId))
        })
        return email
      }
      const readers = [
        await addSupport('pres@pro-plus.example', null),
        await addSupport('loin@pro-plus.example', 'America/Montreal'),
      ]
      const mailedAt = async (instant: string) => {
        clock.move(Date.parse(instant) - clock.now().getTime())
        await app.queueDigest()
        while ((await app.dispatchDeliveries()) > 0);
        return Promise.all(readers.map(async (email) => (await mails.mailsTo(email, 0)).length))
      }
      // both are on standard time, then Montréal on summer time, then both
      expect(await mailedAt('2027-03-13T06:30:00Z')).toEqual([1, 0])
      expect(await mailedAt('2027-03-13T11:45:00Z')).toEqual([1, 0])
      expect(await mailedAt('2027-03-13T12:15:00Z')).toEqual([1, 1])
      expect(await mailedAt('2027-03-14T10:45:00Z')).toEqual([2, 1])
      expect(await mailedAt('2027-03-14T11:15:00Z')).toEqual([2, 2])
      expect(await mailedAt('2027-03-28T05:15:00Z')).toEqual([3, 2])
      expect(await mailedAt('2027-03-28T11:15:00Z')).toEqual([3, 3])
    } finally {
      await testApp.close()
      await mails.close()
    }
  },
)
