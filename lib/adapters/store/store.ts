import { Failure } from '#lib/domain/failure.ts'
import type { Store } from '#lib/ports/deps.ts'
import { invitationStore } from './accounts/invitations.ts'
import { linkRows } from './accounts/links.ts'
import { oidcUserRows } from './accounts/oidc-users.ts'
import { profileStore } from './accounts/profiles.ts'
import { rateLimitStore } from './accounts/rate-limit.ts'
import { sessionRows, sessionStore } from './accounts/sessions.ts'
import { tenantUserStore } from './accounts/tenant-users.ts'
import { tenantRows } from './accounts/tenants.ts'
import { userRows } from './accounts/users.ts'
import { apiKeyStore } from './api-keys/api-keys.ts'
import { candidateStore } from './authorization/candidates.ts'
import { pendingAuthorizationStore } from './authorization/pending-authorizations.ts'
import { connectionStore } from './connections/connections.ts'
import { type Database, storageFailure } from './engine/database.ts'
import { readiness } from './engine/readiness.ts'
import { storageHealth } from './engine/storage-health.ts'
import { factorStore } from './factors/factors.ts'
import { guideStore } from './guide/guide-steps.ts'
import { journalStore } from './journal/journal.ts'
import { retentionStore } from './journal/retention.ts'
import { deliveryStore } from './notifications/deliveries.ts'
import { incidentStore } from './notifications/incidents.ts'
import { restoreStore } from './operations/restored-connections.ts'
import { sealedValueStore } from './operations/sealed-values.ts'
import { vaultKeyStore } from './operations/vault-keys.ts'
import { erasedIdStore } from './privacy/erased-ids.ts'
import { personalDataStore } from './privacy/personal-data.ts'
import { providerWebhookRows } from './provider-webhooks/provider-webhooks.ts'
import { webhookHintRows } from './provider-webhooks/webhook-hints.ts'
import { rateBudgetStore } from './rate-budget/rate-budgets.ts'
import { consoleStore } from './support/console.ts'
import { syncStore } from './sync/sync-store.ts'
import { outageStore } from './tokens/circuit-breaker.ts'
import { dueRefreshRows } from './tokens/due-refreshes.ts'
import { leaseRows } from './tokens/leases.ts'
import { tokenSetRows } from './tokens/token-sets.ts'
import { tokenUseRows } from './tokens/token-use.ts'

type Methods = Record<string, (...args: never[]) => Promise<unknown>>

/** Every method of a part, its driver errors stripped of the values they quote; `failed` is told that there was one. */
const translate = <T extends object>(part: T, failed: () => void): T =>
  Object.fromEntries(
    Object.entries(part as unknown as Methods).map(([name, method]) => [
      name,
      async (...args: never[]) => {
        try {
          return await method(...args)
        } catch (error) {
          const failure = storageFailure(error)
          if (failure instanceof Failure && failure.code === 'storage_unavailable') failed()
          throw failure
        }
      },
    ]),
  ) as unknown as T

/** Tells of a write once it is done. */
const telling =
  <A extends unknown[]>(write: (...args: A) => Promise<boolean>, tell: () => void) =>
  async (...args: A): Promise<boolean> => {
    const written = await write(...args)
    if (written) tell()
    return written
  }

const parts = (db: Database, monotonicMs: () => number): Store => {
  const health = storageHealth(db, monotonicMs)
  const translated = <T extends object>(part: T) => translate(part, health.failed)
  return {
    accounts: translated({
      ...tenantRows(db),
      ...userRows(db),
      ...sessionRows(db),
      ...oidcUserRows(db),
      ...linkRows(db),
    }),
    sessions: translated(sessionStore(db)),
    profiles: translated(profileStore(db)),
    factors: translated(factorStore(db)),
    tenantUsers: translated(tenantUserStore(db)),
    invitations: translated(invitationStore(db)),
    authorizations: translated({ ...connectionStore(db), ...pendingAuthorizationStore(db), ...candidateStore(db) }),
    rateLimit: translated(rateLimitStore(db)),
    journal: translated(journalStore(db)),
    retention: translated(retentionStore(db)),
    vaultKeys: translated(vaultKeyStore(db)),
    sealedValues: translated(sealedValueStore(db)),
    tokens: translated({
      ...tokenSetRows(db, monotonicMs),
      ...leaseRows(db),
      ...tokenUseRows(db),
      ...dueRefreshRows(db),
    }),
    outages: translated(outageStore(db)),
    incidents: translated(incidentStore(db)),
    deliveries: translated(deliveryStore(db)),
    apiKeys: translated(apiKeyStore(db)),
    guide: translated(guideStore(db)),
    console: translated(consoleStore(db)),
    restores: translated(restoreStore(db)),
    rateBudgets: translated(rateBudgetStore(db)),
    webhooks: translated({ ...providerWebhookRows(db), ...webhookHintRows(db) }),
    sync: translated(syncStore(db)),
    erasedIds: translated(erasedIdStore(db)),
    personalData: personalDataStore(db, translated),
    ...translated({ ready: readiness(db, monotonicMs) }),
    health,
    close: db.close,
  }
}

/** @param onTokensStored told each time that a token set was stored */
export const store = (
  db: Database,
  monotonicMs = () => performance.now(),
  onTokensStored: () => void = () => {},
): Store => {
  const { tokens, authorizations, ...others } = parts(db, monotonicMs)
  return {
    ...others,
    tokens: { ...tokens, storeFresh: telling(tokens.storeFresh, onTokensStored) },
    authorizations: { ...authorizations, storeCandidate: telling(authorizations.storeCandidate, onTokensStored) },
  }
}
