import { and, eq, isNotNull, notExists, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
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
