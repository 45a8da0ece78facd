import assert from 'node:assert/strict'
import { openCopyCluster } from '../processes/copy-driver.ts'
import { copiedTenant, differences, equal, pass, verify } from './copied-tenant.ts'

/** Longer than a page of a process that is gone stays leased. */
const leaseOverMs = 61_000
const overlapMs = 600_000

/**
 * Copies a list while it changes, by workers of which none outlives a page: every page is asked for by one that is killed
 * before it commits it, and by one that is killed right after.
 *
 * @param onKill told how many there were
 * @throws where the copy then differs from the provider in any stored field
 */
export const killAtEveryPage = async (
  databaseUrl: string,
  { records, seed, onKill = () => {} }: { records: number; seed: number; onKill?: (kills: number) => void },
): Promise<{ kills: number; pages: number }> => {
  const cluster = await openCopyCluster(databaseUrl)
  const { testApp } = cluster
  const { app, clock } = testApp
  try {
    testApp.records().seed({ companies: records, contacts: 0, departments: 1, seed, burst: 1 })
    const { admin } = await copiedTenant(testApp)
    await app.copies.adopt()
    for (const list of ['contacts', 'departments'] as const) await app.controlSync.stop(admin, list)
    const found = async () => {
      const companies = (await app.store.sync.status(admin.tenantId)).find(({ list }) => list === 'companies')
      assert(companies, 'companies are not copied')
      return companies
    }
    testApp.records().storm('companies', { seed, before: 2, after: 2 })
    let [kills, pages] = [0, 0]
    // the next one starts while the one before works
    let next = cluster.start()
    while ((await found()).completeAt === null) {
      const victim = await next
      next = cluster.start()
      const dies = kills % 2 === 0 ? 'before' : 'after'
      const { calls } = (await found()).tally
      victim.order({ nowMs: clock.now().getTime(), dies })
      assert.equal(await victim.gone, 'SIGKILL')
      await pass(testApp, leaseOverMs)
      const now = await found()
      // what was not committed is not there; what was committed is
      if (now.completeAt === null) assert.equal(now.tally.calls, dies === 'before' ? calls : calls + 1)
      pages = Math.max(pages, now.tally.calls)
      kills += 1
      onKill(kills)
    }
    await (await next).stop()
    testApp.records().storm('companies', null)
    await pass(testApp, overlapMs)
    await verify(testApp, admin, 'companies')
    assert.deepEqual(await differences(testApp, admin, 'companies'), equal)
    const { failure, provenAt } = await found()
    assert.equal(failure, null)
    assert(provenAt, 'the copy is not proven complete')
    return { kills, pages }
  } finally {
    await cluster.close()
  }
}
