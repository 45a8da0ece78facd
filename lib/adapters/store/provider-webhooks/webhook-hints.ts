import { randomUUID } from 'node:crypto'
import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Hint, ProviderWebhookStore } from '#lib/ports/provider-webhooks.ts'
import type { Database } from '../engine/database.ts'

/** That a connection was told of something is written at most once in this time. */
const noteEveryMs = 60_000

type Methods = Pick<ProviderWebhookStore, 'addHint' | 'claimHints' | 'putOffHints' | 'finishHints'>

export const webhookHintRows = (db: Database): Methods => {
  const { tables, time } = db
  const { providerWebhooks, webhookHints } = tables
  const is = ({ tenantId, kind, id }: Hint) =>
    and(eq(webhookHints.tenantId, tenantId), eq(webhookHints.kind, kind), eq(webhookHints.providerId, id))
  return {
    addHint: async ({ connectionId, tenantId }, { kind, id }, delayMs, now) => {
      const dueAt = time.plus(delayMs, now)
      await db.q
        .insert(webhookHints)
        .values({ id: randomUUID(), tenantId, kind, providerId: id, told: 1, dueAt })
        .onConflictDoUpdate({
          target: [webhookHints.tenantId, webhookHints.kind, webhookHints.providerId],
          // one that is worked on is due in a while: told again, it is due again; one that waits goes on waiting
          set: {
            told: sql`${webhookHints.told} + 1`,
            dueAt: sql`case when ${time.past(webhookHints.dueAt, now, -delayMs)} then ${webhookHints.dueAt} else excluded.due_at end`,
          },
        })
      await db.q
        .update(providerWebhooks)
        .set({ lastHintAt: time.plus(0, now) })
        .where(
          and(
            eq(providerWebhooks.connectionId, connectionId),
            or(isNull(providerWebhooks.lastHintAt), time.past(providerWebhooks.lastHintAt, now, noteEveryMs)),
          ),
        )
    },
    claimHints: async (kinds, limit, claimMs, now) => {
      const due = and(inArray(webhookHints.kind, [...kinds]), time.past(webhookHints.dueAt, now))
      const next = (count: number) =>
        db.q.select({ id: webhookHints.id }).from(webhookHints).where(due).orderBy(asc(webhookHints.dueAt)).limit(count)
      const [first] = await next(1)
      if (!first) return []
      return db.q
        .update(webhookHints)
        .set({ dueAt: time.plus(claimMs, now) })
        .where(and(db.toClaim(webhookHints.id, next(limit)), due))
        .returning({
          tenantId: webhookHints.tenantId,
          kind: webhookHints.kind,
          id: webhookHints.providerId,
          told: webhookHints.told,
        })
    },
    putOffHints: async (hints, delayMs, now) => {
      const dueAt = time.plus(delayMs, now)
      for (const hint of hints) await db.q.update(webhookHints).set({ dueAt }).where(is(hint))
    },
    finishHints: async (hints) => {
      for (const hint of hints) await db.q.delete(webhookHints).where(and(is(hint), eq(webhookHints.told, hint.told)))
    },
  }
}
