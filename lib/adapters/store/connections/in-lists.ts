import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../engine/database.ts'

/** Connections that lists and counts are of, word for word as their indexes say: none that another one replaced, none of an archived customer. */
export const inLists = ({ tables: { connections } }: Pick<Database, 'tables'>): SQL =>
  sql`coalesce(${connections.supersededAt}, ${connections.archivedAt}) is null`
