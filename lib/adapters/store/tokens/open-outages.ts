import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'

/** The outage that keeps a connection's provider from being called; none once its refusals are believed. */
export const openOutageOf = ({ tables: { outages, connections } }: Database, q: Queries) =>
  q
    .select({ since: outages.since })
    .from(outages)
    .where(and(eq(outages.provider, connections.provider), isNull(outages.believedAt)))
