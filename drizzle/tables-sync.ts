import { sql } from 'drizzle-orm'
import type { TenantId } from '../lib/domain/accounts/tenant.ts'
import type { ProviderId } from '../lib/domain/connections/provider.ts'
import type { FailureCode } from '../lib/domain/failure-codes.ts'
import type { Checkpoint, Phase } from '../lib/domain/sync/checkpoint.ts'
import type { ListId } from '../lib/domain/sync/list.ts'
import type { SyncedRecord } from '../lib/domain/sync/record.ts'
import type { Tally } from '../lib/domain/sync/tally.ts'
import type { Columns } from './sqlite-columns.ts'
import type { accountTables } from './tables-accounts.ts'
import type { authorizationTables } from './tables-authorizations.ts'

/** What is copied of the providers' data, and how far each copy is. */
export const syncTables = (
  c: Columns,
  { tenants, users }: ReturnType<typeof accountTables>,
  { connections }: ReturnType<typeof authorizationTables>,
) => {
  const tenantId = () =>
    c
      .text<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' })
  const userId = () => c.text().references(() => users.id, { onDelete: 'set null' })

  /**
   * The records of one list. A deleted one stays as a tombstone: its id, when, and its change number, nothing else of it.
   */
  const recordTable = <const N extends ListId>(name: N) =>
    c.table(
      name,
      {
        n: c.rowNumber(),
        tenantId: tenantId(),
        /** What the provider calls it, for good. */
        providerId: c.text().notNull(),
        name: c.text().notNull(),
        /** Folded, as lists sort it. */
        sortName: c.bytewiseText().notNull(),
        /** When it last changed there, or came there, or 1970: as lists sort it; null in a tombstone. */
        sortAt: c.instant(),
        /** What lists are narrowed by: its status, and its language or service. */
        status: c.text(),
        facet: c.text(),
        /** The allowed fields of what the provider sent; null in a tombstone. */
        body: c.json<SyncedRecord['body']>(),
        /** Of the body: what comes with an equal one is not written again. */
        digest: c.text().notNull(),
        /** The change number of its last change: higher than of all that was changed before. */
        change: c.integer().notNull(),
        changedAt: c.instant().notNull(),
        addedAt: c.instant(),
        updatedAt: c.instant(),
        deletedAt: c.instant(),
        /** Since when the provider no longer has it, as long as nobody confirmed that. */
        missingAt: c.instant(),
        /** Somebody decided to keep it although the provider has it no more. */
        keptAt: c.instant(),
      },
      (t) => [
        c.uniqueIndex(`${name}_tenant_provider_id`).on(t.tenantId, t.providerId),
        c.index(`${name}_tenant_change`).on(t.tenantId, t.change, t.n),
        c.index(`${name}_tenant_n`).on(t.tenantId, t.n).where(sql`deleted_at is null and kept_at is null`),
        ...(['sortName', 'sortAt'] as const).flatMap((order) =>
          [[], ['status'] as const, ['facet'] as const].map((narrowed) =>
            c
              .index([name, 'tenant', ...narrowed, order === 'sortName' ? 'name' : 'at'].join('_'))
              .on(t.tenantId, ...narrowed.map((column) => t[column]), t[order], t.n)
              .where(sql`deleted_at is null`),
          ),
        ),
        c.index(`${name}_tenant_deleted`).on(t.tenantId, t.change, t.n).where(sql`deleted_at is not null`),
        c.index(`${name}_deleted`).on(t.deletedAt).where(sql`deleted_at is not null`),
        c
          .index(`${name}_tenant_odd`)
          .on(t.tenantId, t.n)
          .where(
            name === 'companies' || name === 'contacts'
              ? sql`deleted_at is null and (name = '' or kept_at is not null or updated_at is null)`
              : sql`deleted_at is null and (name = '' or kept_at is not null)`,
          ),
        c.index(`${name}_tenant_missing`).on(t.tenantId, t.n).where(sql`missing_at is not null and kept_at is null`),
      ],
    )
  const companies = recordTable('companies')
  const contacts = recordTable('contacts')
  const departments = recordTable('departments')
  const dossiers = recordTable('dossiers')

  /** What the records of one list are found by: personal data, gone with its record. */
  const wordTable = <const N extends string>(name: N, records: typeof companies) =>
    c.table(
      name,
      {
        /** Stands for the tenant in four bytes; two may share one, whose records are told apart by themselves. */
        tenant: c.integer().notNull(),
        word: c.bytewiseText().notNull(),
        record: c
          .rowReference()
          .notNull()
          .references(() => records.n, { onDelete: 'cascade' }),
      },
      (t) => [
        c.uniqueIndex(`${name}_word`).on(t.tenant, t.word, t.record),
        c.index(`${name}_record`).on(t.record, t.word),
      ],
    )
  const companyWords = wordTable('company_words', companies)
  const contactWords = wordTable('contact_words', contacts as never)
  const departmentWords = wordTable('department_words', departments as never)
  const dossierWords = wordTable('dossier_words', dossiers as never)

  /** How far the copy of each list of a tenant is. The row is the job. */
  const syncStates = c.table(
    'sync_states',
    {
      id: c.text().primaryKey(),
      tenantId: tenantId(),
      connectionId: c
        .text()
        .notNull()
        .references(() => connections.id, { onDelete: 'cascade' }),
      provider: c.text<ProviderId>().notNull(),
      list: c.text<ListId>().notNull(),
      /** Whose account the copy is of; another account begins another epoch. */
      accountId: c.text(),
      epoch: c.integer().notNull().default(1),
      /** The last change number of the account before: what stands at or below it is none of this epoch's. */
      epochChange: c.integer().notNull().default(0),
      /** Tombstones up to this change number may be forgotten. */
      forgottenChange: c.integer().notNull().default(0),
      /** When something is to be read; null while it is stopped or its connection does not work. */
      dueAt: c.instant(),
      leaseOwner: c.text(),
      leaseUntil: c.instant(),
      /** How many steps were stored: each stands on the one before. */
      step: c.integer().notNull().default(0),
      /** The last change number that was given. */
      change: c.integer().notNull().default(0),
      checkpoint: c.json<Checkpoint>().notNull(),
      phase: c.text<Phase>(),
      /** Of the run under way, or the last one. */
      tally: c.json<Tally>().notNull(),
      startedAt: c.instant(),
      requestedBy: userId(),
      /** The end of the last run that reached the head; when a count was last equal. Neither is erased by a failure. */
      completeAt: c.instant(),
      provenAt: c.instant(),
      failure: c.text<FailureCode>(),
      attempts: c.integer().notNull().default(0),
      /** Since when somebody is asked about a mass deletion. */
      heldAt: c.instant(),
      stoppedAt: c.instant(),
      stoppedBy: userId(),
    },
    (t) => [
      c.uniqueIndex('sync_states_tenant_list').on(t.tenantId, t.list),
      c.index('sync_states_due').on(t.dueAt),
      c.index('sync_states_connection').on(t.connectionId),
      c.index('sync_states_incomplete').on(t.tenantId).where(sql`complete_at is null or proven_at is null`),
      c.index('sync_states_late').on(t.completeAt).where(sql`stopped_at is null`),
      c.index('sync_states_complete').on(t.list, t.completeAt).where(sql`due_at is not null`),
      c.index('sync_states_proven').on(t.list, t.provenAt).where(sql`due_at is not null`),
      c.index('sync_states_waiting').on(t.id).where(sql`due_at is null and stopped_at is null`),
    ],
  )

  /** The runs that are worth telling: those that changed something, were asked for or failed. */
  const syncRuns = c.table(
    'sync_runs',
    {
      id: c.text().primaryKey(),
      tenantId: tenantId(),
      list: c.text<ListId>().notNull(),
      kind: c.text<Phase>().notNull(),
      /** Null where nobody asked for it. */
      requestedBy: userId(),
      startedAt: c.instant().notNull(),
      finishedAt: c.instant().notNull(),
      outcome: c.text<'ok' | FailureCode>().notNull(),
      tally: c.json<Tally>().notNull(),
    },
    (t) => [c.index('sync_runs_tenant_list').on(t.tenantId, t.list, t.finishedAt)],
  )

  return {
    ...{ companies, contacts, departments, dossiers, syncStates, syncRuns },
    ...{ companyWords, contactWords, departmentWords, dossierWords },
  }
}
