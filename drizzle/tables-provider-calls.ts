import type { TenantId } from '../lib/domain/accounts/tenant.ts'
import type { ProviderId } from '../lib/domain/connections/provider.ts'
import type { HintKind, WebhookState } from '../lib/domain/provider-webhooks/hint.ts'
import type { SpentCalls } from '../lib/domain/rate-budget/spent-calls.ts'
import type { Columns } from './sqlite-columns.ts'
import type { accountTables } from './tables-accounts.ts'
import type { authorizationTables } from './tables-authorizations.ts'

/** How often providers are called, and what they tell by themselves. */
export const providerCallTables = (
  c: Columns,
  { tenants }: ReturnType<typeof accountTables>,
  { connections }: ReturnType<typeof authorizationTables>,
) => {
  const tenantId = () =>
    c
      .text<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' })
  /** The calls of the last minute, of one client in one account. The id is a hash of whose they are. */
  const rateBudgets = c.table(
    'rate_budgets',
    {
      id: c.text().primaryKey(),
      version: c.integer().notNull(),
      spent: c.json<SpentCalls>().notNull(),
      updatedAt: c.instant().notNull(),
    },
    (t) => [c.index('rate_budgets_updated').on(t.updatedAt)],
  )
  /** Whether a connection's provider tells us what changes: one row while it is connected. */
  const providerWebhooks = c.table(
    'provider_webhooks',
    {
      connectionId: c
        .text()
        .primaryKey()
        .references(() => connections.id, { onDelete: 'cascade' }),
      tenantId: tenantId(),
      provider: c.text<ProviderId>().notNull(),
      state: c.text<WebhookState>().notNull(),
      /** Of the secret in the registered URL. */
      secretHash: c.text().unique(),
      /** When the provider is asked again what is registered there. */
      dueAt: c.instant().notNull(),
      /** Written at most once a minute. */
      lastHintAt: c.instant(),
    },
    (t) => [c.index('provider_webhooks_due').on(t.dueAt), c.index('provider_webhooks_tenant').on(t.tenantId)],
  )
  /** Records that may have changed, as a provider said. */
  const webhookHints = c.table(
    'webhook_hints',
    {
      id: c.text().primaryKey(),
      tenantId: tenantId(),
      kind: c.text<HintKind>().notNull(),
      providerId: c.text().notNull(),
      told: c.integer().notNull(),
      dueAt: c.instant().notNull(),
    },
    (t) => [
      c.uniqueIndex('webhook_hints_record').on(t.tenantId, t.kind, t.providerId),
      c.index('webhook_hints_due').on(t.dueAt),
    ],
  )
  return { rateBudgets, providerWebhooks, webhookHints }
}
