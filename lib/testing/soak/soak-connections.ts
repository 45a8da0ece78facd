import type { Database } from '#lib/adapters/store/engine/database.ts'
import type { Container } from '#lib/composition/container.ts'
import { withConsent } from '#lib/domain/connections/provider.ts'
import type { RemoteControl } from '#lib/sandbox/control/remote-control.ts'
import { marie } from '#lib/sandbox/teamleader/seeds.ts'
import { eachOf } from '../app/bulk-tenants.ts'
import { type BulkRow, insertBulkRows, newBulkRow } from '../database/bulk-connections.ts'

/** Connected tenants with tokens of the sandbox, really sealed, each with an integration of its own; their first ends are spread over `lifetimeS`. */
export const connectTenants = async (
  app: Container,
  db: Database,
  control: RemoteControl,
  { count, lifetimeS }: { count: number; lifetimeS: number },
) => {
  const redirectUri = `${app.publicUrl}/oauth/callback`
  const rows = Array.from({ length: count }, newBulkRow)
  await control.turn({}, { access_ttl_s: lifetimeS })
  await eachOf(rows, 8, async (bulkRow) => {
    const { tenantId: tenant, tokenSetId: row, clientId } = bulkRow
    const { clientId: clientIdentifier, clientSecret } = await control.integrate({ redirectUris: [redirectUri] })
    const { code } = await control.authorize({ clientId: clientIdentifier, redirectUri, user: marie.email })
    const request = { clientIdentifier, clientSecret, code, redirectUri, codeVerifier: null }
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
  const lifetimeMs = lifetimeS * 1000
  await insertBulkRows(db, rows, { lifetimeMs, dueInMs: (index) => (lifetimeMs * index) / count, now: new Date() })
}
