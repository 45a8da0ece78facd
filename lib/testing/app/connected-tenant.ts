import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Tables } from '#drizzle/tables.ts'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import type { Change } from '#lib/adapters/store/engine/queries.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Step } from '#lib/sandbox/control/script.ts'
import type { Integration } from '#lib/sandbox/teamleader/integration.ts'
import type { TestApp } from './test-app.ts'

/** A connected tenant whose back ends ask for tokens, and what may be asked of it after anything went wrong. */

export const minute = 60_000

export const refusal = (code: FailureCode) => expect.objectContaining({ name: 'Failure', code })

const fingerprint = (secret: string) => createHash('sha256').update(secret).digest('hex').slice(0, 16)

/** The test app's database, by a handle of its own. */
export const inDatabase = async <T>(testApp: TestApp, work: (db: Database) => Promise<T>): Promise<T> => {
  const db = await openDatabase(testApp.databaseUrl)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

const secretsOf = async (testApp: TestApp, admin: Admin) => {
  const tokenSet = await testApp.app.store.tokens.read(admin.tenantId, 'teamleader', testApp.clock.now())
  if (!tokenSet) return null
  const at = { tenant: tokenSet.tenantId, row: tokenSet.tokenSetId, generation: tokenSet.version }
  const open = testApp.app.vault.open
  return {
    tokenSet,
    access: await open(tokenSet.sealedAccessToken, { purpose: 'access_token', ...at }),
    refresh: await open(tokenSet.sealedRefreshToken, { purpose: 'refresh_token', ...at }),
  }
}

const bytesOf = async (file: string) =>
  Buffer.concat(await Promise.all([file, `${file}-wal`].map((path) => readFile(path).catch(() => Buffer.alloc(0)))))

export const connectedTenant = async (testApp: TestApp) => {
  const { admin, integration } = await testApp.connected()
  const { clientId } = integration
  const requests = async () => (await testApp.control.journal(clientId)).requests
  const refreshes = async () => (await requests()).filter(({ grant_type }) => grant_type === 'refresh_token')
  const row = () =>
    inDatabase(testApp, async ({ q, tables: { tokenSets } }) => {
      const [found] = await q.select().from(tokenSets).where(eq(tokenSets.tenantId, admin.tenantId))
      if (!found) throw new Error('the tenant has no token set')
      return found
    })

  /** I1, I3, I5 and I6 of what must hold whatever happened. */
  const expectSound = async (leastVersion = 1) => {
    const seen = await testApp.control.journal(clientId)
    expect(seen.max_token_requests_in_flight).toBeLessThanOrEqual(1)
    const ours = await secretsOf(testApp, admin)
    if (!ours) return
    const { tokenSet, access, refresh } = ours
    expect(tokenSet.version).toBeGreaterThanOrEqual(leastVersion)
    const live = seen.live_refresh_tokens.map(({ token }) => token)
    const known = refresh !== null && live.includes(fingerprint(refresh))
    const isExplained = tokenSet.status.state === 'reconnect_required' || tokenSet.status.state === 'misconfigured'
    expect(known || isExplained || tokenSet.intentFingerprint !== null, JSON.stringify(tokenSet.status)).toBe(true)
    const bytes = await bytesOf(testApp.databaseUrl.slice('file:'.length))
    for (const secret of [access, refresh, integration.clientSecret])
      if (secret) expect(bytes.includes(secret)).toBe(false)
  }

  const save = async (change: Partial<{ enabled: boolean; integration: Integration; secret: string }>) => {
    const { revision, enabled } = await testApp.record(admin)
    const { integration: named = integration, secret = '' } = change
    return testApp.app.saveSettings(admin, 'teamleader', {
      revision,
      enabled: change.enabled ?? enabled,
      clientId: named.clientId,
      clientSecret: secret,
    })
  }

  return {
    admin,
    integration,
    save,
    row,
    refreshes,
    expectSound,
    obtain: (minTtlMs = 0) =>
      testApp.app.getAccessToken.obtain({ tenantId: admin.tenantId, provider: 'teamleader', minTtlMs }),
    script: (steps: Step[]) => testApp.control.script({ clientId }, steps),
    status: async () => (await testApp.record(admin)).status,
    /** Resolves when the provider has as many refreshes under way. */
    underWay: async (count = 1) => {
      for (;;) {
        const open = (await refreshes()).filter(({ delivered }) => delivered === null)
        if (open.length >= count) return
        await new Promise(setImmediate)
      }
    },
    change: <V extends Change<Tables['tokenSets'], V>>(values: V) =>
      inDatabase(testApp, async ({ q, tables: { tokenSets } }) => {
        await q.update(tokenSets).set(values).where(eq(tokenSets.tenantId, admin.tenantId))
      }),
  }
}

export type ConnectedTenant = Awaited<ReturnType<typeof connectedTenant>>
