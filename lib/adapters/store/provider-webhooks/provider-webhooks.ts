import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { ProviderWebhookStore } from '#lib/ports/provider-webhooks.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'

/** The write, beside a promotion, that makes a connection's webhooks new: the secret before is answered no more. */
export const renewWebhooks = (
  { tables: { providerWebhooks }, time }: Database,
  q: Queries,
  of: { connectionId: string; tenantId: TenantId; provider: ProviderId },
  now: Date,
) => {
  const fresh = { state: 'pending', secretHash: null, dueAt: time.plus(0, now) } as const
  return q
    .insert(providerWebhooks)
    .values({ ...of, ...fresh })
    .onConflictDoUpdate({ target: providerWebhooks.connectionId, set: fresh })
}

/** The writes, beside a disconnection, that forget what the provider told. */
export const forgetWebhooks = (
  { tables: { providerWebhooks, webhookHints } }: Database,
  q: Queries,
  { connectionId, tenantId }: { connectionId: string; tenantId: TenantId },
) => {
  const ours = q
    .select({ id: providerWebhooks.tenantId })
    .from(providerWebhooks)
    .where(and(eq(providerWebhooks.connectionId, connectionId), eq(providerWebhooks.tenantId, tenantId)))
  return [
    q.delete(webhookHints).where(inArray(webhookHints.tenantId, ours)),
    q.delete(providerWebhooks).where(eq(providerWebhooks.connectionId, connectionId)),
  ]
}

type Methods = Omit<ProviderWebhookStore, 'addHint' | 'claimHints' | 'putOffHints' | 'finishHints'>

export const providerWebhookRows = (db: Database): Methods => {
  const { tables, time } = db
  const { providerWebhooks, connections } = tables
  return {
    adopt: async (provider, now) => {
      const without = await db.q
        .select({ connectionId: connections.id, tenantId: connections.tenantId })
        .from(connections)
        .leftJoin(providerWebhooks, eq(providerWebhooks.connectionId, connections.id))
        .where(
          and(
            eq(connections.provider, provider),
            isNotNull(connections.tokenSetId),
            isNull(providerWebhooks.connectionId),
          ),
        )
        .limit(500)
      for (const each of without)
        await db.q
          .insert(providerWebhooks)
          .values({ ...each, provider, state: 'pending', dueAt: time.plus(0, now) })
          .onConflictDoNothing()
    },
    claimDue: async (limit, claimMs, now) => {
      const due = time.past(providerWebhooks.dueAt, now)
      const next = (count: number) =>
        db.q
          .select({ id: providerWebhooks.connectionId })
          .from(providerWebhooks)
          .where(due)
          .orderBy(asc(providerWebhooks.dueAt))
          .limit(count)
      const [first] = await next(1)
      if (!first) return []
      return db.q
        .update(providerWebhooks)
        .set({ dueAt: time.plus(claimMs, now) })
        .where(and(db.toClaim(providerWebhooks.connectionId, next(limit)), due))
        .returning({
          connectionId: providerWebhooks.connectionId,
          tenantId: providerWebhooks.tenantId,
          provider: providerWebhooks.provider,
          state: providerWebhooks.state,
          secretHash: providerWebhooks.secretHash,
        })
    },
    expect: async (connectionId, before, secretHash) => {
      const [won] = await db.q
        .update(providerWebhooks)
        .set({ secretHash })
        .where(
          and(
            eq(providerWebhooks.connectionId, connectionId),
            before === null ? isNull(providerWebhooks.secretHash) : eq(providerWebhooks.secretHash, before),
          ),
        )
        .returning({ id: providerWebhooks.connectionId })
      return won !== undefined
    },
    settle: async ({ connectionId, secretHash }, { state, dueInMs, entry }, now) => {
      await db.atomically({
        guard: (q) =>
          q
            .update(providerWebhooks)
            .set({ state, dueAt: time.plus(dueInMs, now) })
            .where(
              and(
                eq(providerWebhooks.connectionId, connectionId),
                secretHash === null ? isNull(providerWebhooks.secretHash) : eq(providerWebhooks.secretHash, secretHash),
              ),
            )
            .returning({ id: providerWebhooks.connectionId }),
        then: (q) => (entry ? [writeEntry(db, q, entry)] : []),
      })
    },
    known: async (secretHashes) => {
      if (secretHashes.length === 0) return new Set()
      const rows = await db.q
        .select({ secretHash: providerWebhooks.secretHash })
        .from(providerWebhooks)
        .where(db.among(providerWebhooks.secretHash, secretHashes))
      return new Set(rows.flatMap(({ secretHash }) => secretHash ?? []))
    },
    findBySecret: async (secretHash) => {
      const [row] = await db.q
        .select({
          connectionId: providerWebhooks.connectionId,
          tenantId: providerWebhooks.tenantId,
          provider: providerWebhooks.provider,
        })
        .from(providerWebhooks)
        .where(eq(providerWebhooks.secretHash, secretHash))
      return row ?? null
    },
    status: async (tenantId) => {
      const [row] = await db.q
        .select({
          provider: providerWebhooks.provider,
          state: providerWebhooks.state,
          secretHash: providerWebhooks.secretHash,
          lastHintAt: providerWebhooks.lastHintAt,
        })
        .from(providerWebhooks)
        .where(eq(providerWebhooks.tenantId, tenantId))
      return row ?? null
    },
  }
}
