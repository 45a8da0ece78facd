import { expect, it } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { minuteMs } from '#lib/domain/duration.ts'
import { Random } from '#lib/sandbox/teamleader/generator/random.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { copiedTenant, differences, equal, pass, retire, settle, verify } from '#lib/testing/sync/copied-tenant.ts'

const storm = (seed: number) => ({ seed, before: 6, after: 6 })

/** PostgreSQL takes twice as long: `npm run test:sync` asks for all of them there too. */
const seedsOn = { SQLite: 20, PostgreSQL: Number(process.env.SYNC_SEEDS ?? 3) }

/** The most rows that an import wrote in one second: a page holds 100. */
const burstOf = (seed: number) => (seed % 2 === 0 ? 100 : seed % 10 === 1 ? 700 : 250)

/** What differs from seed to seed: how ties lie, what the filter includes, how late lists are, who dies. */
const world = (seed: number) => ({
  records: { companies: 2_000, contacts: 0, seed, burst: burstOf(seed), undated: seed % 6 === 0 ? 150 : 0 },
  switches: {
    // where ties have no order, a crowded second is read up to twenty times
    ties_shuffled: seed === 3 || seed % 8 === 0,
    updated_since_exclusive: seed % 4 === 0,
    list_lag_s: seed % 5 === 0 ? 120 : 0,
  },
})

const copyInStorm = async (testApp: TestApp, seed: number) => {
  const { records, switches } = world(seed)
  const random = new Random(seed)
  testApp.records().seed(records)
  const { admin } = await copiedTenant(testApp, switches)
  testApp.records().storm('companies', storm(seed))
  await settle(testApp, () => random.chance(0.1))
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

it.each(['SQLite', 'PostgreSQL'] as const)(
  'a copy on %s equals its provider in every field, however it changed and whoever died meanwhile',
  async (dialect) => {
    const testApp = await openTestApp({}, dialect)
    try {
      for (let seed = 1; seed <= seedsOn[dialect]; seed += 1) {
        const admin = await copyInStorm(testApp, seed)
        expect([seed, await differences(testApp, admin, 'companies')]).toEqual([seed, equal])
        expect([seed, await completeness(testApp, admin)]).toEqual([seed, { failure: null, proven: true, held: null }])
        await retire(testApp, admin)
      }
    } finally {
      await testApp.close()
    }
  },
  1_800_000,
)

it('a plain reader of pages loses records in the same storms', async () => {
  const testApp = await openTestApp()
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
