import { and, count, eq, gt, isNull } from 'drizzle-orm'
import { rankOf } from '#lib/domain/support/console-view.ts'
import type { Database } from '../engine/database.ts'

/**
 * How many connections the operator's client keeps waiting: those that are tried again by themselves, and authorizations that
 * were refused since an instant.
 */
export const countOperatorFault = async ({ q, tables: { connections } }: Database, since: Date): Promise<number> => {
  const { urgency, reason, supersededAt } = connections
  const fault = and(isNull(supersededAt), eq(reason, 'provider_configuration'))
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
