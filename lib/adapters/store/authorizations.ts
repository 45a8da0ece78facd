import type { AuthorizationStore } from '#lib/ports/authorization-store.ts'
import { candidateStore } from './candidates.ts'
import { connectionStore } from './connections.ts'
import type { Database } from './database.ts'
import { pendingAuthorizationStore } from './pending-authorizations.ts'

export const authorizationStore = (db: Database): AuthorizationStore => ({
  ...connectionStore(db),
  ...pendingAuthorizationStore(db),
  ...candidateStore(db),
})
