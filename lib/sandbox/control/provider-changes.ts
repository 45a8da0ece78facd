import type { State } from '../state.ts'
import { revokeGrants } from '../teamleader/oauth/grants.ts'
import { teoConnection } from '../teo/registry.ts'
import type { Step } from './script.ts'

/** What a control request is about: one connection, one client, or, naming neither, everybody. */
export type Reach = { clientId?: string | undefined; connection?: string | undefined }

/** Carries out the verbs that change the provider itself: `clock` for everybody, `grace` and `revoke` within reach. */
export function changeWorld(state: State, { clock, grace, revoke }: Step, { connection, clientId }: Reach): void {
  if (clock !== undefined) state.clock.advance(clock)
  if (grace !== undefined) {
    const key = clientId ?? connection?.split(':')[0] ?? '*'
    state.switches.set(key, { ...state.switches.get(key), grace_ms: grace })
  }
  if (revoke) {
    const reaches = (client: string, itsConnection: string): boolean =>
      connection === undefined ? clientId === undefined || client === clientId : itsConnection === connection
    revokeGrants(state, (grant) => reaches(grant.client.clientId, grant.connection))
    for (const access of state.teo.accessTokens.values()) {
      if (reaches(access.clientId, teoConnection(access.clientId, access.teoId))) access.revoked = true
    }
  }
}
