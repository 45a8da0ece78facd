import type { Clock } from '../clock.ts'
import { type DossierTable, dossierTable } from './dossier-table.ts'
import { type TeoClient, teoClients, teoInstances } from './seeds.ts'

export type TeoAccess = { clientId: string; teoId: string; expiresAt: number; revoked: boolean }

/** All the pretend téo knows. */
export type TeoRegistry = {
  clients: Map<string, TeoClient>
  instances: Map<string, DossierTable>
  accessTokens: Map<string, TeoAccess>
}

export const openTeo = (clock: Clock): TeoRegistry => ({
  clients: new Map(teoClients.map((client) => [client.clientId, client])),
  instances: new Map(teoInstances.map(({ teoId, dossiers }) => [teoId, dossierTable(teoId, dossiers, clock)])),
  accessTokens: new Map(),
})

/** An instance made on the fly has two pages of dossiers. */
const newClientDossiers = 34

/** Gives a client one instance, which is made when nobody has it yet; a known client gets the new secret. */
export function enrolTeoClient(
  { teo, clock }: { teo: TeoRegistry; clock: Clock },
  { clientId, clientSecret, teoId }: { clientId: string; clientSecret: string; teoId: string },
): void {
  teo.clients.set(clientId, { clientId, clientSecret, teoIds: [teoId] })
  if (!teo.instances.has(teoId)) teo.instances.set(teoId, dossierTable(teoId, newClientDossiers, clock))
}

/** Names what scripts, the rate limit and the journal tie together: client and instance. */
export const teoConnection = (clientId: string, teoId: string): string => `${clientId}:${teoId}`

export function instanceOf({ instances }: TeoRegistry, teoId: string): DossierTable {
  const table = instances.get(teoId)
  if (!table) throw new Error(`there is no instance "${teoId}"`)
  return table
}
