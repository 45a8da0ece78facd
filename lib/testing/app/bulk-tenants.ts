import { openDatabase } from '#lib/adapters/store/engine/database.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import { withConsent } from '#lib/domain/connections/provider.ts'
import { marie } from '#lib/sandbox/teamleader/seeds.ts'
import { insertResidents, type Resident, stranger } from '../database/bulk-connections.ts'
import type { Office } from './test-app.ts'

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
export const gatherCrowd = async (office: Office, size: number) => {
  const { app, control, callback, clock } = office
  const integration = await control.integrate({ redirectUris: [callback] })
  const { clientId: clientIdentifier, clientSecret } = integration
  const residents = Array.from({ length: size }, stranger)
  await eachOf(residents, 32, async (resident) => {
    const { tenantId: tenant, tokenSetId: row, clientId } = resident
    const code = await office.code(clientIdentifier, callback, marie.email)
    const request = { clientIdentifier, clientSecret, code, redirectUri: callback }
    const evidence = await withConsent(app.providers.teamleader).exchange(request)
    if (evidence.kind !== 'answer') throw new Error(`the exchange came to ${evidence.kind}`)
    const pair = JSON.parse(evidence.body) as { access_token: string; refresh_token: string }
    const at = { tenant, row, generation: 1 }
    Object.assign(resident, {
      identifier: clientIdentifier,
      sealedSecret: await app.vault.seal(clientSecret, { purpose: 'client_secret', ...at, row: clientId }),
      sealedAccessToken: await app.vault.seal(pair.access_token, { purpose: 'access_token', ...at }),
      sealedRefreshToken: await app.vault.seal(pair.refresh_token, { purpose: 'refresh_token', ...at }),
    } satisfies Partial<Resident>)
  })
  const db = await openDatabase(office.databaseUrl)
  const spread = { lifetimeMs: hour, dueInMs: (index: number) => hour * (0.8 + (0.15 * index) / size) }
  await insertResidents(db, residents, { ...spread, now: clock.now() })

  const refreshes = async () =>
    (await control.journal(clientIdentifier)).requests.filter(({ grant_type }) => grant_type === 'refresh_token')
  return {
    integration,
    tenants: residents.map(({ tenantId }) => tenantId),
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
