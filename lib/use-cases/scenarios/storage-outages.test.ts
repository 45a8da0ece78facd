import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import { settleAfterMs } from '#lib/domain/tokens/refresh-policy.ts'
import { type Breakable, openBreakable } from '#lib/testing/app/breakable-storage.ts'
import { connectedTenant, inDatabase, minute, refusal } from '#lib/testing/app/connected-tenant.ts'
import { loseStorage } from '#lib/testing/app/storage-outage.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { setTimes } from '#lib/testing/database/token-fixtures.ts'

const within = async (url: string, work: (storage: Breakable) => Promise<void>) => {
  const storage = await openBreakable(url)
  try {
    await work(storage)
  } finally {
    await storage.close()
  }
}

/** A connected tenant whose access token is at its end. */
const atItsEnd = async ({ testApp }: Breakable) => {
  const tenant = await connectedTenant(testApp)
  const { id } = await tenant.row()
  const put = (instants: Parameters<typeof setTimes>[2]) => inDatabase(testApp, (db) => setTimes(db, id, instants))
  await put({ expiresAt: -minute })
  return { ...tenant, id, put }
}

describe.each(dialects)('an outage of the storage on $dialect', ({ test }) => {
  test('of nine seconds loses none of thirty pairs, and nobody is asked meanwhile', { timeout: 180_000 }, ({ url }) =>
    within(url, async (storage) => {
      expect(await loseStorage(storage, 30, 9_000)).toMatchObject({ pairs: 30 })
    }),
  )

  test('delays what an exchange brought, and loses nothing', { timeout: 60_000 }, ({ url }) =>
    within(url, async ({ testApp, ...storage }) => {
      const { admin, integration } = await testApp.configuredTenant()
      await testApp.control.script(integration, [{ delay_after: 1_000 }])
      const connecting = testApp.connect(admin, integration)
      while ((await testApp.calls(integration.clientId)) === 0) await new Promise(setImmediate)
      storage.break()
      await sleep(2_500)
      storage.mend()
      await connecting
      expect(await testApp.record(admin)).toMatchObject({ status: { state: 'connected' }, tokenSet: { version: 1 } })
      expect(await testApp.calls(integration.clientId)).toBe(1)
    }),
  )

  test('is waited for by a process that is told to end', { timeout: 60_000 }, ({ url }) =>
    within(url, async (storage) => {
      const tenant = await atItsEnd(storage)
      await tenant.script([{ delay_after: 500 }])
      const asked = tenant.obtain()
      await tenant.underWay()
      storage.break()
      await sleep(2_000)
      const finished = storage.testApp.app.finishRefreshes()
      await sleep(500)
      storage.mend()
      await finished
      expect((await asked).version).toBe(2)
    }),
  )

  test('leaves no lease behind that nobody holds', { timeout: 60_000 }, ({ url }) =>
    within(url, async (storage) => {
      const tenant = await atItsEnd(storage)
      await tenant.script([{ delay_after: 1_000, status: 503 }])
      const asked = tenant.obtain().catch((error: unknown) => error)
      await tenant.underWay()
      storage.break()
      expect(await asked).toEqual(refusal('storage_unavailable'))
      storage.mend()
      expect((await tenant.obtain()).version).toBe(2)
      expect((await tenant.row()).leaseOwner).toBeNull()
    }),
  )
})

const [, postgres] = dialects

describe('an outage of PostgreSQL', () => {
  postgres.test('is named as ours by those who wait for a pair that cannot be stored', { timeout: 60_000 }, ({ url }) =>
    within(url, async (storage) => {
      const tenant = await atItsEnd(storage)
      await tenant.script([{ delay_after: 500 }])
      const asked = tenant.obtain().catch((error: unknown) => error)
      await tenant.underWay()
      storage.break()
      expect(await asked).toMatchObject({ code: 'storage_unavailable', evidence: { retryAfterS: 5 } })
      storage.mend()
      expect((await tenant.obtain()).version).toBe(2)
      expect(await tenant.refreshes()).toHaveLength(1)
    }),
  )
})

describe.each(dialects)('an intent that another process left open on $dialect', ({ test }) => {
  const interrupted = async (storage: Breakable) => {
    const tenant = await atItsEnd(storage)
    const { tokens } = storage.testApp.app.store
    const now = storage.testApp.clock.now()
    const seen = await tokens.readSet(tenant.id, now)
    if (!seen) throw new Error('the token set is gone')
    await tokens.takeLease(tenant.id, 'dead', minute, now)
    await tokens.openIntent({ tokenSet: seen, owner: 'dead' }, 'print', now)
    await tenant.put({ leaseUntil: -minute })
    return tenant
  }

  test('is left alone until the database has answered for half a minute', { timeout: 60_000 }, ({ url }) =>
    within(url, async (storage) => {
      const [other, tenant] = [await atItsEnd(storage), await interrupted(storage)]
      storage.break()
      await expect(other.obtain()).rejects.toEqual(refusal('storage_unavailable'))
      storage.mend()
      expect((await other.obtain()).version).toBe(2)
      await expect(tenant.obtain()).rejects.toEqual(refusal('storage_unavailable'))
      expect(await tenant.refreshes()).toHaveLength(0)
      storage.testApp.clock.age(settleAfterMs)
      expect((await tenant.obtain()).version).toBe(2)
      expect(await tenant.refreshes()).toHaveLength(1)
    }),
  )

  test('is left alone for half a minute by a process that starts', { timeout: 60_000 }, ({ url }) =>
    within(url, async (storage) => {
      const tenant = await interrupted(storage)
      const { env, clock } = storage.testApp
      const young = await createContainer(env, { clock, monotonicMs: clock.monotonicMs })
      const request = { tenantId: tenant.admin.tenantId, provider: 'teamleader', minTtlMs: 0 } as const
      await expect(young.getAccessToken.obtain(request)).rejects.toEqual(refusal('storage_unavailable'))
      expect(await tenant.refreshes()).toHaveLength(0)
      clock.age(settleAfterMs)
      expect(await young.getAccessToken.obtain(request)).toMatchObject({ version: 2 })
      await young.close()
    }),
  )
})
