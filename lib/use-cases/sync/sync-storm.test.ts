import { describe, expect } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { minuteMs } from '#lib/domain/duration.ts'
import { Random } from '#lib/sandbox/teamleader/generator/random.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import {
  copiedTenant,
  differences,
  equal,
  ownKeys,
  pass,
  retire,
  settle,
  verify,
} from '#lib/testing/sync/copied-tenant.ts'

const storm = (seed: number) => ({ seed, before: 6, after: 6 })

/** Eight that are all different; `npm run test:sync` asks for more. */
const seedsOf = (count = '') =>
  count === '' ? [1, 3, 4, 5, 6, 8, 10, 12] : Array.from({ length: Number(count) }, (_, index) => index + 1)

/** What differs from seed to seed: how ties lie, what the filter includes, how late lists are, who dies. */
const world = (seed: number, most = 2_000) => ({
  records: {
    companies: most,
    contacts: 0,
    seed,
    burst: seed % 2 === 0 ? 100 : 700,
    undated: seed % 6 === 0 ? 150 : 0,
  },
  switches: {
    // where ties have no order, a crowded second is read up to twenty times
    ties_shuffled: seed === 3 || seed % 8 === 0,
    updated_since_exclusive: seed % 4 === 0,
    list_lag_s: seed % 5 === 0 ? 120 : 0,
  },
})

const copyInStorm = async (testApp: TestApp, seed: number, onPostgres: boolean) => {
  // the calls of a minute and the leases go by the clock of PostgreSQL, which no test moves
  const { records, switches } = world(seed, onPostgres ? 500 : 2_000)
  const random = new Random(seed)
  testApp.records().seed(records)
  const { admin } = await copiedTenant(testApp, switches)
  testApp.records().storm('companies', storm(seed))
  await settle(testApp, () => !onPostgres && random.chance(0.2))
  testApp.records().storm('companies', null)
  await pass(testApp, 10 * minuteMs)
  await verify(testApp, admin, 'companies')
  return admin
}

/** What a plain reader of pages holds after the same storm. */
const pageInStorm = async (testApp: TestApp, seed: number): Promise<Set<string>> => {
  testApp.records().seed(world(seed).records)
  const { admin } = await copiedTenant(testApp)
  const { accessToken } = await testApp.app.getAccessToken.obtain({
    tenantId: admin.tenantId,
    provider: 'teamleader',
    minTtlMs: 0,
  })
  testApp.records().storm('companies', storm(seed))
  const ids = new Set<string>()
  for (let number = 1; ; number += 1) {
    const response = await fetch(`${testApp.env.teamleader.apiUrl}/companies.list`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ page: { size: 100, number } }),
    })
    const { data } = (await response.json()) as { data: { id: string }[] }
    for (const { id } of data) ids.add(id)
    if (data.length < 100) break
  }
  testApp.records().storm('companies', null)
  return ids
}

const completeness = async (testApp: TestApp, admin: Admin) => {
  const companies = (await testApp.app.store.sync.status(admin.tenantId)).find(({ list }) => list === 'companies')
  return { failure: companies?.failure, proven: companies?.provenAt !== null, held: companies?.held }
}

describe.each(dialects)('on $dialect', ({ dialect, test }) => {
  test('a copy equals its provider in every field, however it changed and whoever died meanwhile', async ({ url }) => {
    const testApp = await openTestApp({ ...ownKeys(), DATABASE_URL: url })
    try {
      const onPostgres = dialect === 'PostgreSQL'
      const seeds = onPostgres ? [4] : seedsOf(process.env.SYNC_SEEDS)
      for (const seed of seeds) {
        const admin = await copyInStorm(testApp, seed, onPostgres)
        expect([seed, await differences(testApp, admin, 'companies')]).toEqual([seed, equal])
        expect([seed, await completeness(testApp, admin)]).toEqual([seed, { failure: null, proven: true, held: null }])
        await retire(testApp, admin)
      }
    } finally {
      await testApp.close()
    }
  }, 240_000)
})

const sqlite = dialects[0]

sqlite.test('a plain reader of pages loses records in the same storms', async ({ url }) => {
  const testApp = await openTestApp({ ...ownKeys(), DATABASE_URL: url })
  try {
    for (const seed of [1, 2, 3]) {
      const ids = await pageInStorm(testApp, seed)
      const lost = [...testApp.records().all('companies').keys()].filter((id) => !ids.has(id))
      expect([seed, lost.length > 0]).toEqual([seed, true])
    }
  } finally {
    await testApp.close()
  }
})
