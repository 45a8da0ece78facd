import { expect, it } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { minuteMs } from '#lib/domain/duration.ts'
import { readRecord } from '#lib/domain/sync/record.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import { Random } from '#lib/sandbox/teamleader/generator/random.ts'
import { type Change, dataClient } from '#lib/testing/api/data-client.ts'
import { openApiClient } from '#lib/testing/app/api-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { copiedTenant, pass, settle, verify } from '#lib/testing/sync/copied-tenant.ts'

const list = 'companies'

/** What a back end holds that follows a list: it stops at whatever comes twice, out of order or from nowhere. */
const follower = () => {
  const held = new Map<string, string | undefined>()
  const seen = new Set<string>()
  let last = 0
  let changes = 0
  const take = ({ id, change, data }: Change) => {
    if (change < last) throw new Error(`change ${change} came after ${last}`)
    if (seen.has(`${change} ${id}`)) throw new Error(`change ${change} of ${id} came twice`)
    seen.add(`${change} ${id}`)
    last = change
    changes += 1
    if (data === null) held.delete(id)
    else held.set(id, readRecord(syncedLists[list], data)?.canonical)
  }
  return { held, take, count: () => changes }
}

const providerHas = (testApp: TestApp) =>
  new Map([...testApp.records().all(list)].map(([id, row]) => [id, readRecord(syncedLists[list], row)?.canonical]))

/** Two workers copy a list that changes all the while, and die now and then, until `until` has ended. */
const copyInStorm = async (testApp: TestApp, admin: Admin, seed: number) => {
  const random = new Random(seed)
  const second = await createContainer(testApp.env, {
    clock: testApp.clock,
    monotonicMs: testApp.clock.monotonicMs,
  })
  let over = false
  const other = async () => {
    while (!over) if ((await second.copies.readDue()) === 0) await new Promise((done) => setImmediate(done))
  }
  try {
    testApp.records().storm(list, { seed, before: 4, after: 4 })
    const others = other()
    for (let round = 0; round < 3; round += 1) {
      await settle(testApp, () => random.chance(0.15))
      await pass(testApp, 10 * minuteMs)
    }
    testApp.records().storm(list, null)
    over = true
    await others
    await pass(testApp, 10 * minuteMs)
    await verify(testApp, admin, list)
  } finally {
    over = true
    await second.close()
  }
}

it.each(['SQLite', 'PostgreSQL'] as const)(
  'who polls a list on %s, or goes on from an export, while two workers copy it and die, ends with what the provider has',
  async (dialect) => {
    const testApp = await openTestApp({}, dialect)
    const apiClient = await openApiClient(testApp)
    try {
      const client = dataClient(testApp, apiClient.url)
      const seed = 7
      testApp.records().seed({ companies: 700, contacts: 0, departments: 0, seed, burst: 100 })
      const { admin } = await copiedTenant(testApp)
      const key = await client.keyFor(admin.tenantId)
      await testApp.app.copies.adopt()
      let over = false
      const copying = copyInStorm(testApp, admin, seed).finally(() => {
        over = true
      })

      const polled = follower()
      const poll = async () => {
        for (let cursor = ''; ; ) {
          const isLast = over
          const page = await client.page(key, `${list}?limit=30${cursor && `&cursor=${cursor}`}`)
          for (const changes of page.data) polled.take(changes)
          cursor = page.next_cursor
          if (isLast && !page.has_more) return
        }
      }
      const exported = follower()
      const goOn = async () => {
        while (exported.held.size === 0) {
          const { changes, cursor } = await client.lines(key, list)
          for (const one of changes) exported.take(one)
          if (changes.length === 0) continue
          await copying
          for (const one of (await client.follow(key, list, cursor, 'limit=40')).changes) exported.take(one)
        }
      }
      await Promise.all([copying, poll(), goOn()])

      const expected = providerHas(testApp)
      expect(polled.held).toEqual(expected)
      expect(exported.held).toEqual(expected)
      // it did follow: changes came beside the first copy
      expect(polled.count()).toBeGreaterThan(expected.size)
    } finally {
      await apiClient.close()
      await testApp.close()
    }
  },
  120_000,
)
