import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hourMs } from '#lib/domain/duration.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { pass, settle } from '#lib/testing/sync/copied-tenant.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

/** A tenant connected to an instance of its own, of so many dossiers. */
const copied = async (count: number, switches = {}) => {
  const [admin, { clientId, clientSecret, teoId }] = [await testApp.addAdmin(), await testApp.control.enrol()]
  const dossiers = testApp.dossiers(teoId)
  dossiers.seed(count)
  await testApp.control.turn({ clientId }, { teo_rate_limit: 1_000_000, ...switches })
  const typed = { revision: 0, enabled: true, clientId, clientSecret, target: teoId }
  const { changed } = await testApp.app.saveSettings(admin, 'teo', typed)
  await testApp.app.requestClientCredentials(admin, 'teo', changed)
  const status = async () => {
    const [found] = await testApp.app.store.sync.status(admin.tenantId)
    if (!found) throw new Error('nothing is copied')
    return found
  }
  return { admin, clientId, dossiers, status }
}

describe('dossiers', () => {
  it.each([true, false])(
    'are complete when the total stood still and as many were met (prefix: %s)',
    async (prefix) => {
      const { dossiers, status } = await copied(100, { teo_hydra_prefix: prefix })
      await settle(testApp)
      const { records, completeAt, provenAt, failure } = await status()
      expect([records, failure]).toEqual([dossiers.size(), null])
      expect(provenAt).toEqual(completeAt)
      expect(provenAt).not.toBeNull()
    },
  )

  it('are read again each hour; those that are gone are asked for by themselves', async () => {
    const { dossiers, status } = await copied(100)
    await settle(testApp)
    dossiers.remove(
      dossiers
        .all()
        .slice(0, 3)
        .map(({ summary }) => String(summary.id)),
    )
    dossiers.add(5)
    await pass(testApp, hourMs + 1)
    await settle(testApp)
    expect((await status()).records).toBe(102)
    await pass(testApp, hourMs + 1)
    await settle(testApp)
    const { records, provenAt, completeAt } = await status()
    expect([records, provenAt]).toEqual([102, completeAt])
  })

  it('that change at every page are never taken for complete, and none is deleted', async () => {
    const { dossiers, status } = await copied(100)
    await settle(testApp)
    const before = await status()
    // what is only edited shifts nothing
    dossiers.storm({ seed: 1, before: 6, after: 6, mix: { edit: 0, add: 1, delete: 0 } })
    await pass(testApp, hourMs + 1)
    await settle(testApp)
    dossiers.storm(null)
    const after = await status()
    expect(after.completeAt).toEqual(before.completeAt)
    expect(after.lastChange?.tally.deleted).toBe(0)
    await pass(testApp, hourMs + 1)
    await settle(testApp)
    expect((await status()).records).toBe(dossiers.size())
  })
})
