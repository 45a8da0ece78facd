import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import { withConsent } from '#lib/domain/connections/provider.ts'
import { marie } from '#lib/sandbox/teamleader/seeds.ts'
import { type BulkRow, insertBulkRows, newBulkRow } from '../database/bulk-connections.ts'
import type { TestApp } from './test-app.ts'

const hour = 3_600_000

/** Runs `work` for each item, a few at once. */
export const eachOf = async <T>(items: T[], atOnce: number, work: (item: T, index: number) => Promise<void>) => {
  const queue = items.entries()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [index, item] of queue) await work(item, index)
    }),
  )
}

/** Thousands of connected tenants with real tokens of the sandbox, really sealed; they share one integration. */
export const createBulkTenants = async (testApp: TestApp, size: number) => {
  const { app, control, callback, clock } = testApp
  const integration = await control.integrate({ redirectUris: [callback] })
  const { clientId: clientIdentifier, clientSecret } = integration
  const bulkRows = Array.from({ length: size }, newBulkRow)
  await eachOf(bulkRows, 32, async (bulkRow) => {
    const { tenantId: tenant, tokenSetId: row, clientId } = bulkRow
    const code = await testApp.code(clientIdentifier, callback, marie.email)
    const request = { clientIdentifier, clientSecret, code, redirectUri: callback, codeVerifier: null }
    const evidence = await withConsent(app.providers.teamleader).exchange(request)
    if (evidence.kind !== 'answer') throw new Error(`the exchange came to ${evidence.kind}`)
    const pair = JSON.parse(evidence.body) as { access_token: string; refresh_token: string }
    const at = { tenant, row, generation: 1 }
    Object.assign(bulkRow, {
      identifier: clientIdentifier,
      sealedSecret: await app.vault.seal(clientSecret, { purpose: 'client_secret', ...at, row: clientId }),
      sealedAccessToken: await app.vault.seal(pair.access_token, { purpose: 'access_token', ...at }),
      sealedRefreshToken: await app.vault.seal(pair.refresh_token, { purpose: 'refresh_token', ...at }),
    } satisfies Partial<BulkRow>)
  })
  const db = await openDatabase(testApp.databaseUrl)
  const spread = { lifetimeMs: hour, dueInMs: (index: number) => hour * (0.8 + (0.15 * index) / size) }
  await insertBulkRows(db, bulkRows, { ...spread, now: clock.now() })

  const refreshes = async () =>
    (await control.journal(clientIdentifier)).requests.filter(({ grant_type }) => grant_type === 'refresh_token')
  return {
    integration,
    tenants: bulkRows.map(({ tenantId }) => tenantId),
    refreshes,
    /** How many connections stand in each state. */
    countsByState: async () => {
      const rows = await db.q.select({ state: db.tables.connections.state }).from(db.tables.connections)
      const counts: Partial<Record<ConnectionStatus['state'], number>> = {}
      for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1
      return counts
    },
    incidents: () => db.q.select().from(db.tables.incidents),
    events: async (event: string) => {
      const rows = await db.q
        .select({ event: db.tables.journal.event, at: db.tables.journal.at })
        .from(db.tables.journal)
      return rows.filter((row) => row.event === event)
    },
    close: db.close,
  }
}
