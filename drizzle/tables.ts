import type { TenantId } from '../lib/domain/accounts/tenant.ts'
import type { JournalEntry } from '../lib/domain/journal/journal-entry.ts'
import type { Columns } from './sqlite-columns.ts'
import { accountTables } from './tables-accounts.ts'
import { authorizationTables } from './tables-authorizations.ts'
import { operationTables } from './tables-operations.ts'
import { privacyTables } from './tables-privacy.ts'
import { providerCallTables } from './tables-provider-calls.ts'
import { syncTables } from './tables-sync.ts'

/** Every table, once for both dialects; `sqlite.ts` and `postgres.ts` instantiate it. */
export const defineTables = (c: Columns) => {
  const accounts = accountTables(c)
  const authorizations = authorizationTables(c, accounts)
  /** Append-only: what happened, to whom, caused by whom, with which outcome. */
  const journal = c.table(
    'journal',
    {
      id: c.text().primaryKey(),
      at: c.instant().notNull(),
      tenantId: c.text<TenantId>(),
      connectionId: c.text(),
      actor: c.text<JournalEntry['actor']['kind']>().notNull(),
      userId: c.text(),
      /** The address the request came from, where it is known. */
      address: c.text(),
      event: c.text<JournalEntry['event']>().notNull(),
      outcome: c.text<JournalEntry['outcome']>().notNull(),
      detail: c.json<JournalEntry['detail']>().notNull(),
    },
    (t) => [
      c.index('journal_tenant_at').on(t.tenantId, t.at, t.id),
      c.index('journal_tenant_event_at').on(t.tenantId, t.event, t.at, t.id),
      c.index('journal_at').on(t.at),
      c.index('journal_event_at').on(t.event, t.at, t.id),
      c.index('journal_connection_at').on(t.connectionId, t.at),
    ],
  )
  /** The sliding log of every limit: one row an accepted event. */
  const throttleLog = c.table(
    'throttle_log',
    { id: c.text().primaryKey(), bucket: c.text().notNull(), at: c.instant().notNull() },
    (t) => [c.index('throttle_log_bucket_at').on(t.bucket, t.at), c.index('throttle_log_at').on(t.at)],
  )
  /** One row for each vault key that ever sealed something here; its probe tells a wrong key at boot. */
  const vaultKeys = c.table('vault_keys', {
    id: c.text().primaryKey(),
    sealedProbe: c.text().notNull(),
    createdAt: c.instant().notNull(),
  })
  return {
    ...accounts,
    ...authorizations,
    ...operationTables(c, accounts, authorizations),
    ...providerCallTables(c, accounts, authorizations),
    ...syncTables(c, accounts, authorizations),
    ...privacyTables(c, accounts),
    journal,
    throttleLog,
    vaultKeys,
  }
}

export type Tables = ReturnType<typeof defineTables>
