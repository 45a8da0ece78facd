import { and, eq, isNotNull, notExists, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'

/** That a row is of no archived tenant: of one that works, or of none. */
export const notArchived = ({ tables: { tenants } }: Database, q: Queries, tenantId: AnySQLiteColumn): SQL =>
  notExists(
    q
      .select({ one: sql`1` })
      .from(tenants)
      .where(and(eq(tenants.id, tenantId), isNotNull(tenants.archivedAt))),
  )

/** What the journal says of a tenant that is being erased, from the first step on. */
export const begunErasing = 'tenant.erasure_begun' satisfies JournalEvent

/** That nobody began to erase a tenant. */
export const notErasing = ({ tables: { journal } }: Database, q: Queries, tenantId: string): SQL =>
  notExists(
    q
      .select({ one: sql`1` })
      .from(journal)
      .where(and(eq(journal.event, begunErasing), eq(sql`${journal.detail} ->> 'tenant'`, tenantId))),
  )
