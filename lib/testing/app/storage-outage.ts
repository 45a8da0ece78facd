import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { Failure } from '#lib/domain/failure.ts'
import { createBulkTenants } from './bulk-tenants.ts'
import type { TestApp } from './test-app.ts'

/** Longer than it takes to send them all. */
const answerMs = 5_000

export interface Storage {
  testApp: TestApp
  break(): void | Promise<void>
  mend(): void | Promise<void>
}

/**
 * The database goes away while the provider answers many, and comes back: every pair is stored, and nobody was asked
 * meanwhile.
 *
 * @throws when a pair was lost
 */
export const loseStorage = async ({ testApp, ...storage }: Storage, size: number, outageMs: number) => {
  const bulk = await createBulkTenants(testApp, size + 1)
  const db = await openDatabase(testApp.databaseUrl)
  try {
    const { tokenSets } = db.tables
    await db.q.update(tokenSets).set({ expiresAt: db.time.plus(-1_000, testApp.clock.now()) })
    const obtain = (tenantId: TenantId) =>
      testApp.app.getAccessToken.obtain({ tenantId, provider: 'teamleader', minTtlMs: 0 }).then(
        () => 'ok',
        (error: unknown) => (error instanceof Failure ? error.code : String(error)),
      )
    const [spare, ...tenants] = bulk.tenants
    if (!spare) throw new Error('there are no tenants')
    await testApp.control.script({ clientId: bulk.integration.clientId }, [{ delay_after: answerMs, times: size }])
    const asked = tenants.map(obtain)
    while ((await bulk.refreshes()).filter(({ committed }) => committed).length < size) await sleep(20)
    await storage.break()
    const began = performance.now()
    const refused = await obtain(spare)
    await sleep(outageMs - (performance.now() - began))
    await storage.mend()
    const answers = await Promise.all(asked)
    const rows = async () => db.q.select().from(tokenSets)
    const stored = async () => (await rows()).filter(({ generation }) => generation === 2).length
    while ((await stored()) < size) await sleep(100)

    assert.equal(refused, 'storage_unavailable')
    assert.deepEqual(
      answers.filter((answer) => answer !== 'ok' && answer !== 'storage_unavailable'),
      [],
    )
    assert.equal((await bulk.refreshes()).length, size)
    const { live_refresh_tokens: live } = await testApp.control.journal(bulk.integration.clientId)
    const known = new Set(live.map(({ token }) => token))
    for (const { id, tenantId, generation, sealedRefreshToken } of await rows()) {
      const context = { purpose: 'refresh_token', tenant: tenantId, row: id, generation } as const
      const ours = (await testApp.app.vault.open(sealedRefreshToken, context)) ?? ''
      assert.ok(known.has(createHash('sha256').update(ours).digest('hex').slice(0, 16)), 'a pair was lost')
    }
    assert.deepEqual(await bulk.countsByState(), { connected: size + 1 })
    return { pairs: size, inTime: answers.filter((answer) => answer === 'ok').length }
  } finally {
    await db.close()
    await bulk.close()
  }
}
