import { randomBytes } from 'node:crypto'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { type Checkpoint, firstCheckpoint } from '#lib/domain/sync/checkpoint.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import { noTally } from '#lib/domain/sync/tally.ts'
import { providerSettings } from '#lib/sandbox/provider-settings.ts'
import { eachOf } from '#lib/testing/app/bulk-tenants.ts'
import { insertBulkRows, newBulkRow } from '#lib/testing/database/bulk-connections.ts'

export const settingsOf = (databaseUrl: string, providerUrl: string): Record<string, string> => ({
  ...{ DATABASE_URL: databaseUrl, ...providerSettings(providerUrl), LOG_LEVEL: 'silent' },
  ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
})

interface Fleet {
  tenants: number
  lists: readonly ListId[]
  lifetimeMs: number
  /** How many have tokens that are really sealed, if not all. */
  real?: number
  /** When the nth token ends, if not a lifetime from now. */
  endsInMs?: (n: number) => number
  /** When the nth token is refreshed, and the nth list read. */
  refreshInMs: (n: number) => number
  readInMs: (n: number) => number
  /** Where each copy stands; null before its first run. */
  stands: Partial<Checkpoint> | null
}

const atOnce = 500

/** Connected tenants with sealed tokens and the rows of their copies. */
export const insertFleet = async (env: Record<string, string>, db: Database, fleet: Fleet, now: Date) => {
  const { tenants, real = tenants, lists, lifetimeMs, refreshInMs, endsInMs, readInMs, stands } = fleet
  const app = await createContainer(parseEnv(env), { clock: { now: () => now }, logTo: 'stderr' })
  const rows = Array.from({ length: tenants }, newBulkRow)
  // many at once: each waits for a thread of the pool
  await eachOf(rows.slice(0, real), 128, async (row, index) => {
    const { tenantId: tenant, tokenSetId, clientId } = row
    const at = { tenant, generation: 1, row: tokenSetId }
    row.sealedSecret = await app.vault.seal('x'.repeat(32), { ...at, purpose: 'client_secret', row: clientId })
    row.sealedRefreshToken = await app.vault.seal(`${index}.1`, { ...at, purpose: 'refresh_token' })
    if (lists.length > 0)
      row.sealedAccessToken = await app.vault.seal(`a${index}.1`, { ...at, purpose: 'access_token' })
  })
  await insertBulkRows(db, rows, { lifetimeMs, dueInMs: refreshInMs, now, ...(endsInMs && { endsInMs }) })
  const states = rows.flatMap(({ tenantId, connectionId }) => lists.map((list) => ({ tenantId, connectionId, list })))
  for (let from = 0; from < states.length; from += atOnce)
    await db.q.insert(db.tables.syncStates).values(
      states.slice(from, from + atOnce).map((state, at) => {
        const dueMs = now.getTime() + readInMs(from + at)
        return {
          ...{ ...state, id: `${state.connectionId}-${state.list}`, provider: 'teamleader' as const, tally: noTally },
          ...{ checkpoint: { ...firstCheckpoint(dueMs), ...stands }, dueAt: new Date(dueMs) },
          ...(stands && { completeAt: now, provenAt: now }),
        }
      }),
    )
  await app.close()
}
