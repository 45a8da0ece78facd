import { and, count, eq, gt } from 'drizzle-orm'
import { rankOf } from '#lib/domain/support/console-view.ts'
import type { Database } from '../engine/database.ts'
import { inLists } from './in-lists.ts'

/**
 * How many connections the operator's client keeps waiting: those that are tried again by themselves, and authorizations that
 * were refused since an instant.
 */
export const countOperatorFault = async (db: Database, since: Date): Promise<number> => {
  const { q } = db
  const { connections } = db.tables
  const { urgency, reason } = connections
  const fault = and(inLists(db), eq(reason, 'provider_configuration'))
  const [waiting] = await q
    .select({ n: count() })
    .from(connections)
    .where(and(fault, eq(urgency, rankOf('degraded'))))
  const [refused] = await q
    .select({ n: count() })
    .from(connections)
    .where(and(fault, eq(urgency, rankOf('awaiting_authorization')), gt(connections.since, since)))
  return (waiting?.n ?? 0) + (refused?.n ?? 0)
}
