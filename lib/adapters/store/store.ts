import type { Store } from '#lib/ports.ts'
import { apiKeyStore } from './api-keys.ts'
import { candidateStore } from './candidates.ts'
import { connectionStore } from './connections.ts'
import { consoleStore } from './console.ts'
import { type Database, storageFailure } from './database.ts'
import { deliveryStore } from './deliveries.ts'
import { guideStore } from './guide-steps.ts'
import { heldTokenRows } from './held-tokens.ts'
import { incidentStore } from './incidents.ts'
import { journalStore } from './journal.ts'
import { leaseRows } from './leases.ts'
import { linkRows } from './links.ts'
import { oidcUserRows } from './oidc-users.ts'
import { outageStore } from './outages.ts'
import { pendingAuthorizationStore } from './pending-authorizations.ts'
import { peopleStore } from './people.ts'
import { readiness } from './readiness.ts'
import { retentionStore } from './retention.ts'
import { sessionRows } from './sessions.ts'
import { tenantRows } from './tenants.ts'
import { throttleStore } from './throttle.ts'
import { tokenUseRows } from './token-use.ts'
import { userRows } from './users.ts'
import { vaultKeyStore } from './vault-keys.ts'

type Methods = Record<string, (...args: never[]) => Promise<unknown>>

/** Every method of a part, its driver errors stripped of the values they quote. */
const translated = <T extends object>(part: T): T =>
  Object.fromEntries(
    Object.entries(part as unknown as Methods).map(([name, method]) => [
      name,
      async (...args: never[]) => {
        try {
          return await method(...args)
        } catch (error) {
          throw storageFailure(error)
        }
      },
    ]),
  ) as unknown as T

export const store = (db: Database, monotonicMs = () => performance.now()): Store => ({
  accounts: translated({
    ...tenantRows(db),
    ...userRows(db),
    ...sessionRows(db),
    ...oidcUserRows(db),
    ...linkRows(db),
  }),
  people: translated(peopleStore(db)),
  authorizations: translated({ ...connectionStore(db), ...pendingAuthorizationStore(db), ...candidateStore(db) }),
  throttle: translated(throttleStore(db)),
  journal: translated(journalStore(db)),
  retention: translated(retentionStore(db)),
  vaultKeys: translated(vaultKeyStore(db)),
  tokens: translated({ ...heldTokenRows(db, monotonicMs), ...leaseRows(db), ...tokenUseRows(db) }),
  outages: translated(outageStore(db)),
  incidents: translated(incidentStore(db)),
  deliveries: translated(deliveryStore(db)),
  apiKeys: translated(apiKeyStore(db)),
  guide: translated(guideStore(db)),
  console: translated(consoleStore(db)),
  ready: readiness(db, monotonicMs),
  close: db.close,
})
