import { randomBytes } from 'node:crypto'
import { describe, expect } from 'vitest'
import { minuteMs } from '#lib/domain/duration.ts'
import { openTestApp } from '#lib/testing/app/test-app.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { copiedTenant, differences, equal, pass, settle, verify } from '#lib/testing/sync/copied-tenant.ts'

const keys = {
  ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
}

describe.each(dialects)('on $dialect', ({ test }) => {
  test('what changes while it is read arrives, whatever the order of changes', async ({ url }) => {
    const testApp = await openTestApp({ ...keys, DATABASE_URL: url })
    try {
      for (let seed = 1; seed <= 3; seed += 1) {
        const records = testApp.records()
        records.seed({ companies: 2_000, contacts: 50, seed })
        records.storm('companies', { seed, before: 6, after: 6 })
        const { admin } = await copiedTenant(testApp)
        console.time(`first ${seed}`)
        const pages = await settle(testApp)
        console.timeEnd(`first ${seed}`)
        records.storm('companies', null)
        await pass(testApp, 10 * minuteMs)
        console.time(`then ${seed}`)
        await verify(testApp, admin, 'companies')
        console.timeEnd(`then ${seed}`)
        const [status] = await testApp.app.store.sync.status(admin.tenantId)
        console.log({ pages, ...status })
        expect(await differences(testApp, admin, 'companies')).toEqual(equal)
        expect(await differences(testApp, admin, 'contacts')).toEqual(equal)
      }
    } finally {
      await testApp.close()
    }
  }, 120_000)
})
