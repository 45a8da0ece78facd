import { Failure } from '#lib/domain/failure.ts'
import type { Store } from '#lib/ports/deps.ts'
import { invitationStore } from './accounts/invitations.ts'
import { linkRows } from './accounts/links.ts'
import { oidcUserRows } from './accounts/oidc-users.ts'
import { profileStore } from './accounts/profiles.ts'
import { rateLimitStore } from './accounts/rate-limit.ts'
import { sessionRows, sessionStore } from './accounts/sessions.ts'
import { tenantStore } from './accounts/tenant-changes.ts'
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
import { fleetStore } from './operations/fleet.ts'
import { restoreStore } from './operations/restored-connections.ts'
import { sealedValueStore } from './operations/sealed-values.ts'
import { vaultKeyStore } from './operations/vault-keys.ts'
import { erasedIdStore } from './privacy/erased-ids.ts'
import { personalDataStore } from './privacy/personal-data.ts'
import { providerWebhookRows } from './provider-webhooks/provider-webhooks.ts'
import { webhookHintRows } from './provider-webhooks/webhook-hints.ts'
import { rateBudgetStore } from './rate-budget/rate-budgets.ts'
import { consoleStore } from './support/console.ts'
import { recordLists } from './sync/record-lists.ts'
import { syncStore } from './sync/sync-store.ts'
import { outageStore } from './tokens/circuit-breaker.ts'
import { dueRefreshRows } from './tokens/due-refreshes.ts'
import { leaseRows } from './tokens/leases.ts'
import { tokenSetRows } from './tokens/token-sets.ts'
import { tokenUseRows } from './tokens/token-use.ts'

type Methods = Record<string, (...args: never[]) => Promise<unknown>>

interface Watch {
  monotonicMs(): number
  /** Something was not carried out. */
  failed(): void
  /** How long an operation took, whatever came of it. */
  onOperation: OnOperation
}

/** @param operation as in `store.tokens.read` */
export type OnOperation = (operation: string, ms: number) => void

/** Every method of a part, timed, its driver errors stripped of the values they quote. */
const translate = <T extends object>(part: T, prefix: string, { monotonicMs, failed, onOperation }: Watch): T =>
  Object.fromEntries(
    Object.entries(part as unknown as Methods).map(([name, method]) => [
      name,
      async (...args: never[]) => {
        const fromMs = monotonicMs()
        try {
          return await method(...args)
        } catch (error) {
          const failure = storageFailure(error)
          if (failure instanceof Failure && failure.code === 'storage_unavailable') failed()
          throw failure
        } finally {
          onOperation(prefix + name, monotonicMs() - fromMs)
        }
      },
    ]),
  ) as unknown as T

/** Calls back once a write is done. */
const afterWrite =
  <A extends unknown[]>(write: (...args: A) => Promise<boolean>, callback: () => void) =>
  async (...args: A): Promise<boolean> => {
    const written = await write(...args)
    if (written) callback()
    return written
  }

const parts = (db: Database, monotonicMs: () => number, onOperation: OnOperation): Store => {
  const health = storageHealth(db, monotonicMs)
  const untimed = {
    accounts: {
      ...tenantRows(db),
      ...userRows(db),
      ...sessionRows(db),
      ...oidcUserRows(db),
      ...linkRows(db),
    },
    sessions: sessionStore(db),
    profiles: profileStore(db),
    factors: factorStore(db),
    tenants: tenantStore(db),
    tenantUsers: tenantUserStore(db),
    invitations: invitationStore(db),
    authorizations: { ...connectionStore(db), ...pendingAuthorizationStore(db), ...candidateStore(db) },
    rateLimit: rateLimitStore(db),
    journal: journalStore(db),
    retention: retentionStore(db),
    vaultKeys: vaultKeyStore(db),
    sealedValues: sealedValueStore(db),
    tokens: {
      ...tokenSetRows(db, monotonicMs),
      ...leaseRows(db),
      ...tokenUseRows(db),
      ...dueRefreshRows(db),
    },
    outages: outageStore(db),
    incidents: incidentStore(db),
    deliveries: deliveryStore(db),
    apiKeys: apiKeyStore(db),
    guide: guideStore(db),
    console: consoleStore(db),
    restores: restoreStore(db),
    fleet: fleetStore(db),
    rateBudgets: rateBudgetStore(db),
    webhooks: { ...providerWebhookRows(db), ...webhookHintRows(db) },
    sync: syncStore(db),
    records: recordLists(db),
    erasedIds: erasedIdStore(db),
  }
  const watch = { monotonicMs, failed: health.failed, onOperation }
  const timed = Object.fromEntries(
    Object.entries(untimed).map(([name, part]) => [name, translate(part, `${name}.`, watch)]),
  ) as typeof untimed
  return {
    ...timed,
    ...translate({ ready: readiness(db, monotonicMs) }, '', watch),
    personalData: personalDataStore(db, (part) => translate(part, 'personalData.', watch)),
    health,
    close: db.close,
  }
}

/** @param onTokensStored told each time that a token set was stored */
export const store = (
  db: Database,
  monotonicMs = () => performance.now(),
  onTokensStored: () => void = () => {},
  onOperation: OnOperation = () => {},
): Store => {
  const { tokens, authorizations, ...others } = parts(db, monotonicMs, onOperation)
  return {
    ...others,
    tokens: { ...tokens, storeFresh: afterWrite(tokens.storeFresh, onTokensStored) },
    authorizations: { ...authorizations, storeCandidate: afterWrite(authorizations.storeCandidate, onTokensStored) },
  }
}
