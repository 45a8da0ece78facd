import pg from 'pg'
import { describe, expect } from 'vitest'
import { firstCheckpoint } from '#lib/domain/sync/checkpoint.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { createConnectedTenant } from '#lib/testing/database/token-fixtures.ts'
import { openCopyCluster } from '#lib/testing/processes/copy-driver.ts'
import { type RelayCounts, startCountingRelay } from '#lib/testing/servers/counting-relay.ts'
import { copiedTenant, differences, equal, pass } from '#lib/testing/sync/copied-tenant.ts'

const [tickMs, latencyMs, minuteMs] = [100, 5, 60_000]
/** The provider allows 200 calls a minute, and they are spread over it. */
const gapMs = 300

const lists = ['companies', 'contacts'] as const

describe.each(dialects)('two workers on $dialect', ({ dialect, test }) => {
  test.runIf(dialect === 'PostgreSQL')('claim what is free, whatever row another one holds', async ({ url, store }) => {
    const now = new Date()
    const { tenantId } = (await createConnectedTenant(store)).fixture
    await store.sync.adopt([syncedLists.companies, syncedLists.contacts], firstCheckpoint(now.getTime()), now)
    const other = new pg.Client({ connectionString: url })
    await other.connect()
    await other.query('begin')
    const held = await other.query("select 1 from sync_states where list = 'companies' for update")
    expect(held.rowCount).toBe(1)
    const claimed = await store.sync.claimDue(8, minuteMs, new Date())
    expect(claimed.map(({ list }) => list)).toEqual(['contacts'])
    await other.query('rollback')
    await other.end()
    expect((await store.sync.claimDue(8, minuteMs, new Date())).map(({ list }) => list)).toEqual(['companies'])
    expect(await store.sync.claimList(tenantId, 'companies', minuteMs, new Date())).toBeNull()
  })

  test('share the lists and the calls of one account', { timeout: 120_000 }, async ({ url }) => {
    const cluster = await openCopyCluster(url)
    const { testApp } = cluster
    const counts: RelayCounts = new Map()
    const provider = testApp.env.teamleader.apiUrl
    const relays = [
      await startCountingRelay(provider, latencyMs, counts),
      await startCountingRelay(provider, latencyMs, counts),
    ]
    const workers = await Promise.all(relays.map((relay) => cluster.start({ TEAMLEADER_API_URL: relay.url })))
    try {
      testApp.records().seed({ companies: 1_000, contacts: 1_000, departments: 1, seed: 1, burst: 1 })
      const { admin, clientId } = await copiedTenant(testApp, { rate_limit: 200, clock_per_call_ms: 0 })
      await testApp.app.copies.adopt()
      const complete = async () => {
        const status = await testApp.app.store.sync.status(admin.tenantId)
        return lists.every((list) => status.find((found) => found.list === list)?.completeAt)
      }
      let passedMs = 0
      for (; !(await complete()); passedMs += tickMs) {
        await pass(testApp, tickMs)
        const nowMs = testApp.clock.now().getTime()
        for (const worker of workers) worker.order({ nowMs, dies: null })
      }
      await Promise.all(workers.map((worker) => worker.stop()))
      const of = lists.map((list) => counts.get(`/${list}.list`))
      expect(of.map((count) => count?.most)).toEqual([1, 1])
      // both worked, and none did the work of the other again
      for (const { own } of relays) expect(own.calls).toBeGreaterThan(3)
      const calls = of.reduce((sum, count) => sum + (count?.calls ?? 0), 0)
      expect(calls).toBeLessThanOrEqual(30)
      expect((calls - workers.length) * gapMs).toBeLessThanOrEqual(passedMs)
      const { requests } = await testApp.control.journal(clientId)
      expect(requests.filter(({ status }) => status === 429)).toEqual([])
      for (const list of lists) expect(await differences(testApp, admin, list)).toEqual(equal)
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()))
      for (const relay of relays) relay.close()
      await cluster.close()
    }
  })
})
