import type { TenantId } from '../lib/domain/accounts/tenant.ts'
import type { ApiKey } from '../lib/domain/api-keys/api-key.ts'
import type { ProviderId } from '../lib/domain/connections/provider.ts'
import type { FailureCode } from '../lib/domain/failure-codes.ts'
import type { Delivery } from '../lib/domain/notifications/delivery.ts'
import type { OutageEnd, OutageKind } from '../lib/domain/tokens/circuit-breaker.ts'
import type { CallOutcome } from '../lib/domain/tokens/refresh-policy.ts'
import type { Columns } from './sqlite-columns.ts'
import type { accountTables } from './tables-accounts.ts'
import type { authorizationTables } from './tables-authorizations.ts'

/** What keeping connections alive needs beside them, and the keys of those who use them. */
export const operationTables = (
  c: Columns,
  { tenants, users }: ReturnType<typeof accountTables>,
  { connections }: ReturnType<typeof authorizationTables>,
) => {
  const provider = () => c.text<ProviderId>().notNull()
  /** The sliding log that the circuit breaker judges: one row a call to a token endpoint. */
  const tokenCalls = c.table(
    'token_calls',
    {
      id: c.text().primaryKey(),
      provider: provider(),
      tokenSetId: c.text().notNull(),
      at: c.instant().notNull(),
      outcome: c.text<CallOutcome>().notNull(),
    },
    (t) => [c.index('token_calls_provider_at').on(t.provider, t.at)],
  )
  /** A provider that fails for everybody: the open circuit breaker, one row while it is open. */
  const outages = c.table('outages', {
    provider: provider().primaryKey(),
    /** `refusals`: it suddenly refuses the grants of many. */
    kind: c.text<OutageKind>().notNull(),
    since: c.instant().notNull(),
    nextProbeAt: c.instant().notNull(),
    /** Probes that were refused. */
    refusedProbes: c.integer().notNull().default(0),
    /** From when on what is refused is dead: the circuit is closed again, and the row stays until a refresh succeeds. */
    believedAt: c.instant(),
  })
  /** Each time a provider failed for everybody, kept once it is over: the open one has no end. */
  const outageHistory = c.table(
    'outage_history',
    {
      id: c.text().primaryKey(),
      provider: provider(),
      kind: c.text<OutageKind>().notNull(),
      since: c.instant().notNull(),
      endedAt: c.instant(),
      outcome: c.text<OutageEnd>(),
      /** How many waited for the provider; counted at the end. */
      connections: c.integer(),
    },
    (t) => [c.index('outage_history_since').on(t.since)],
  )
  /**
   * `token_stored` only grows, whatever the clock does: compared with what a process knows, it tells a database that went
   * back in time. `moving` and `moved` are of a move to another database, and the same on both sides.
   */
  const highWaterMarks = c.table('high_water_marks', {
    name: c.text<'token_stored' | 'moving' | 'moved'>().primaryKey(),
    at: c.instant().notNull(),
  })
  /** A connection that needs a person, from the moment it was seen until it recovered. */
  const incidents = c.table(
    'incidents',
    {
      id: c.text().primaryKey(),
      tenantId: c
        .text<TenantId>()
        .notNull()
        .references(() => tenants.id, { onDelete: 'cascade' }),
      connectionId: c
        .text()
        .notNull()
        .references(() => connections.id, { onDelete: 'cascade' }),
      /** The connection's id while open, then null: unique, so that there is one at a time. */
      openFor: c.text().unique(),
      reason: c.text<FailureCode>().notNull(),
      openedAt: c.instant().notNull(),
      closedAt: c.instant(),
      /** When its alert, and later its recovery, were put among the deliveries. */
      alertedAt: c.instant(),
      recoveryToldAt: c.instant(),
      /** What support keeps in mind about it, by whom of support and since when; never shown to the customer. */
      note: c.text(),
      notedBy: c.text(),
      notedAt: c.instant(),
    },
    (t) => [
      c.index('incidents_connection').on(t.connectionId, t.openedAt),
      c.index('incidents_untold').on(t.alertedAt, t.closedAt, t.openedAt),
      c.index('incidents_recovery_untold').on(t.recoveryToldAt, t.closedAt),
    ],
  )
  /** The outbox: what is to be mailed or posted, and its delivery log. No secret, no one-time link. */
  const deliveries = c.table(
    'deliveries',
    {
      id: c.text().primaryKey(),
      channel: c.text<Delivery['channel']>().notNull(),
      /** The name of the webhook event, or of the mail. */
      kind: c.text<Delivery['kind']>().notNull(),
      /** What may be told once only: two processes that find the same incident write one row. */
      onceKey: c.text().notNull().unique(),
      tenantId: c.text<TenantId>().references(() => tenants.id, { onDelete: 'cascade' }),
      /** Whom a mail is for. */
      userId: c.text().references(() => users.id, { onDelete: 'cascade' }),
      payload: c.json<Delivery['payload']>().notNull(),
      createdAt: c.instant().notNull(),
      /** The next attempt; null once delivered or given up. */
      dueAt: c.instant(),
      leaseUntil: c.instant(),
      attempts: c.integer().notNull(),
      deliveredAt: c.instant(),
      /** What the last attempt met: an HTTP or SMTP status, or the class of an error. */
      lastAnswer: c.text(),
    },
    (t) => [
      c.index('deliveries_due').on(t.dueAt),
      c.index('deliveries_tenant').on(t.tenantId, t.createdAt),
      c.index('deliveries_created').on(t.createdAt),
    ],
  )
  /** Which steps of the guide a tenant has behind it, where nothing else tells. */
  const guideSteps = c.table(
    'guide_steps',
    {
      tenantId: c
        .text<TenantId>()
        .notNull()
        .references(() => tenants.id, { onDelete: 'cascade' }),
      step: c.text().notNull(),
      doneAt: c.instant().notNull(),
      /** What was chosen there, such as the integration's name. */
      choice: c.text(),
    },
    (t) => [c.uniqueIndex('guide_steps_tenant_step').on(t.tenantId, t.step)],
  )
  const apiKeys = c.table(
    'api_keys',
    {
      id: c.text().primaryKey(),
      /** Shown in lists; finds the row. */
      prefix: c.text().notNull().unique(),
      secretHash: c.text().notNull(),
      /** Null for a key of the platform, which names its tenant with each request. */
      tenantId: c.text<TenantId>().references(() => tenants.id, { onDelete: 'cascade' }),
      name: c.text().notNull(),
      /** `provider:verb` */
      scopes: c.json<ApiKey['scopes']>().notNull(),
      createdAt: c.instant().notNull(),
      usedAt: c.instant(),
      /** Null for one that never ends. */
      expiresAt: c.instant(),
      revokedAt: c.instant(),
    },
    (t) => [c.index('api_keys_tenant').on(t.tenantId)],
  )
  return { tokenCalls, outages, outageHistory, highWaterMarks, incidents, deliveries, guideSteps, apiKeys }
}
