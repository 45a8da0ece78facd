import { sql } from 'drizzle-orm'
import type { TenantId } from '../lib/domain/accounts/tenant.ts'
import type { Step } from '../lib/domain/authorization/pending-authorization.ts'
import type { TokenSetRecord } from '../lib/domain/connections/connection-record.ts'
import type { ConnectionState } from '../lib/domain/connections/connection-status.ts'
import type { ConnectionTest } from '../lib/domain/connections/connection-test.ts'
import type { ProviderId } from '../lib/domain/connections/provider.ts'
import type { FailureCode } from '../lib/domain/failure-codes.ts'
import type { Columns } from './sqlite-columns.ts'
import type { accountTables } from './tables-accounts.ts'

/**
 * Those needing attention first: 0 to reconnect, 1 to correct, 2 disturbed, 3 waiting, 4 connected, 5 paused, 6 to connect.
 * The same words serve both dialects.
 */
const urgencyRank = sql`case
  when state = 'unconfigured' then 6
  when not enabled then 5
  when state = 'reconnect_required' then 0
  when state = 'misconfigured' then 1
  when state = 'degraded' then 2
  when state = 'awaiting_authorization' then 3
  else 4 end`

/**
 * Lists show no connection that another one replaced, and none of an archived customer, so their indexes hold none. One
 * condition: of two, SQLite takes either to leave few rows, and sorts them rather than to read the index of their order.
 */
const inUse = sql`coalesce(superseded_at, archived_at) is null`

/** What a tenant connected: clients, connections, token sets, and authorizations under way. */
export const authorizationTables = (c: Columns, { tenants, users }: ReturnType<typeof accountTables>) => {
  const tenantId = () =>
    c
      .text<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' })
  const provider = () => c.text<ProviderId>().notNull()

  /**
   * An OAuth client (RFC 6749 section 2) that a tenant is authorized through: one that the tenant registered at the provider,
   * whose one secret is replaced in place; or the operator's own, which the settings hold the secrets of.
   */
  const clients = c.table(
    'clients',
    {
      id: c.text().primaryKey(),
      tenantId: tenantId(),
      provider: provider(),
      /** The client identifier, RFC 6749 section 2.2 (« Client ID »). */
      identifier: c.text().notNull(),
      /** The operator's: no secret of it is ever stored. */
      shared: c.boolean().notNull().default(false),
      /** Empty where the client is the operator's. */
      sealedSecret: c.text().notNull(),
      secretGeneration: c.integer().notNull(),
      secretLast4: c.text().notNull(),
      secretSetAt: c.instant().notNull(),
    },
    // a tenant may have typed the very Client ID that the operator shares now: that one stays its own
    (t) => [
      c.uniqueIndex('clients_tenant_provider_identifier_shared').on(t.tenantId, t.provider, t.identifier, t.shared),
    ],
  )

  const connections = c.table(
    'connections',
    {
      id: c.text().primaryKey(),
      tenantId: tenantId(),
      provider: provider(),
      /** Counts edits by people; background work never moves it. */
      revision: c.integer().notNull(),
      enabled: c.boolean().notNull(),
      pausedAt: c.instant(),
      pausedBy: c.text(),
      /** The tenant's, so that lists need not look it up; what was switched on then was paused at that very instant. */
      archivedAt: c.instant(),
      /** The instant of the backup that the row came from, until somebody decides; null otherwise. */
      restoredAt: c.instant(),
      /** The tenant's own client: what the form shows, and what an authorization with it will use. */
      clientId: c.text().references(() => clients.id),
      state: c.text<ConnectionState>().notNull(),
      reason: c.text<FailureCode>(),
      since: c.instant().notNull(),
      lastSuccessAt: c.instant(),
      nextAttemptAt: c.instant(),
      attempts: c.integer().notNull(),
      /** The last outcome of the token endpoint, verbatim as Pro+ showed it. */
      authStatus: c.text(),
      authStatusAt: c.instant(),
      /** Why the last authorization failed, until a newer one succeeds or leaves. */
      authorizationFailure: c.text<FailureCode>(),
      authorizationFailureAt: c.instant(),
      /** The token set in use, and the one that waits for promotion. */
      tokenSetId: c.text(),
      candidateId: c.text(),
      connectedBy: c.text(),
      connectedAt: c.instant(),
      /** When an admin disconnected it; null where that was before it was noted. */
      disconnectedAt: c.instant(),
      /** What « Tester la connexion » last found. */
      lastTest: c.json<ConnectionTest>(),
      /** Which part of the provider the next grant is for, where it has parts (téo: `target-entity`, « TEO ID »). */
      target: c.text(),
      /** When the provider that replaces this one worked for the first time; null while this one is in use. */
      supersededAt: c.instant(),
      urgency: c.derivedInteger(urgencyRank),
      /** The tenant's, so that one index sorts and filters. */
      sortName: c.bytewiseText().notNull().default(''),
    },
    (t) => [
      c.uniqueIndex('connections_tenant_provider').on(t.tenantId, t.provider),
      c.index('connections_urgency').on(t.urgency, t.since, t.id, t.tenantId).where(inUse),
      c.index('connections_provider_urgency').on(t.provider, t.urgency, t.since, t.id).where(inUse),
      c.index('connections_sort_name').on(t.sortName, t.id).where(inUse),
      c.index('connections_provider_sort_name').on(t.provider, t.sortName, t.id).where(inUse),
      c.index('connections_urgency_sort_name').on(t.urgency, t.sortName, t.id).where(inUse),
      c.index('connections_provider_urgency_sort_name').on(t.provider, t.urgency, t.sortName, t.id).where(inUse),
      c
        .index('connections_archived')
        .on(t.sortName, t.id)
        .where(sql`superseded_at is null and archived_at is not null`),
      c.index('connections_candidate').on(t.candidateId),
      c.index('connections_restored').on(t.restoredAt, t.id).where(sql`restored_at is not null`),
      c
        .index('connections_provider_superseded')
        .on(t.provider, t.supersededAt, t.state)
        .where(sql`archived_at is null`),
    ],
  )

  const tokenSets = c.table(
    'token_sets',
    {
      id: c.text().primaryKey(),
      tenantId: tenantId(),
      connectionId: c
        .text()
        .notNull()
        .references(() => connections.id, { onDelete: 'cascade' }),
      /** The client that minted it: only that one may refresh it. */
      clientId: c
        .text()
        .notNull()
        .references(() => clients.id),
      provider: provider(),
      /** Counts the token pairs that this row has held; what callers know as the token's version. */
      generation: c.integer().notNull(),
      sealedAccessToken: c.text().notNull(),
      /** Empty where the grant has none: the client's credentials then stand for it (RFC 6749 section 4.4). */
      sealedRefreshToken: c.text().notNull(),
      /** Which part of the provider it opens, where it has parts. */
      target: c.text(),
      expiresAt: c.instant().notNull(),
      /** Milliseconds that the provider gave the access token. */
      lifetimeMs: c.integer().notNull(),
      createdAt: c.instant().notNull(),
      /** When the background work refreshes it; null when it does not: paused, dead, misconfigured. */
      refreshDueAt: c.instant(),
      /** Who may ask for a new pair, and until when. */
      leaseOwner: c.text(),
      leaseUntil: c.instant(),
      /** A request that was about to leave and whose outcome is not known: since when, and with which refresh token. */
      intentAt: c.instant(),
      intentOwner: c.text(),
      intentFingerprint: c.text(),
      /** The last time a back end was handed the access token; written at most once a minute. */
      usedAt: c.instant(),
      /** The provider refused the current access token, as a back end reported. */
      accessRefused: c.boolean().notNull(),
      /** When a report last caused a refresh, of which version, and when it last caused a test read. */
      reportedGeneration: c.integer(),
      reportRefreshedAt: c.instant(),
      reportTestedAt: c.instant(),
      /** True when its code answered an authorization that we started from the same browser; then it may be promoted unasked. */
      knownState: c.boolean().notNull(),
      authorizedBy: c.text(),
      identity: c.text<TokenSetRecord['identity']>().notNull(),
      accountId: c.text(),
      accountName: c.text(),
      accountEmail: c.text(),
      /** Not before this may `users.me` be asked again by itself. */
      identityDueAt: c.instant().notNull(),
    },
    (t) => [
      c.index('token_sets_connection').on(t.connectionId),
      c.index('token_sets_due').on(t.provider, t.refreshDueAt),
      c.index('token_sets_lease').on(t.leaseUntil),
    ],
  )

  const pendingAuthorizations = c.table(
    'pending_authorizations',
    {
      id: c.text().primaryKey(),
      tenantId: tenantId(),
      connectionId: c
        .text()
        .notNull()
        .references(() => connections.id, { onDelete: 'cascade' }),
      clientId: c
        .text()
        .notNull()
        .references(() => clients.id),
      userId: c
        .text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      redirectUri: c.text().notNull(),
      stateHash: c.text().notNull().unique(),
      nonceHash: c.text().notNull(),
      step: c.text<Step>().notNull(),
      createdAt: c.instant().notNull(),
      /** When the step was reached. */
      steppedAt: c.instant().notNull(),
      expiresAt: c.instant().notNull(),
      sealedCode: c.text(),
      /** PKCE: whose challenge went along (RFC 7636 section 4.1). */
      sealedVerifier: c.text(),
      failure: c.text<FailureCode>(),
    },
    (t) => [
      c.index('pending_authorizations_connection').on(t.connectionId, t.createdAt),
      c.index('pending_authorizations_nonce').on(t.nonceHash, t.step, t.steppedAt),
      c.index('pending_authorizations_expires').on(t.expiresAt),
      c.index('pending_authorizations_step').on(t.step, t.steppedAt),
    ],
  )
  return { clients, connections, tokenSets, pendingAuthorizations }
}
