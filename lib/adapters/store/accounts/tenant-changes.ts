import { and, desc, eq, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm'
import type { Tenant, TenantId } from '#lib/domain/accounts/tenant.ts'
import { searchWordsOf, sortNameOf } from '#lib/domain/support/search-words.ts'
import type { TenantStore } from '#lib/ports/support.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { enqueueSwitchEvents } from '../notifications/webhook-events.ts'
import { writeSearchWords } from '../support/search-words.ts'
import { notErasing } from './archived.ts'

export const tenantStore = (db: Database): TenantStore => {
  const { tenants, users, sessions, oneTimeLinks: links, connections, tokenSets, searchWords, journal } = db.tables
  const ofTenant = (tenantId: TenantId) => eq(connections.tenantId, tenantId)

  const peopleOf = (q: Queries, tenantId: TenantId) =>
    q.select({ id: users.id }).from(users).where(eq(users.tenantId, tenantId))

  const idsOf = async (tenantId: TenantId) =>
    (await db.q.select({ id: connections.id }).from(connections).where(ofTenant(tenantId))).map(({ id }) => id)

  /** Words of the old name that nothing else of the tenant has. */
  const wordsLeft = async (seen: Tenant, to: Pick<Tenant, 'name' | 'ref'>) => {
    const people = await db.q.select({ email: users.email }).from(users).where(eq(users.tenantId, seen.id))
    const kept = new Set(searchWordsOf([to.name, to.ref, ...people.map(({ email }) => email)]))
    return searchWordsOf([seen.name, seen.ref]).filter((word) => !kept.has(word))
  }

  return {
    rename: async (seen, to, entry) => {
      const left = await wordsLeft(seen, to)
      const sortName = sortNameOf(to.name)
      const { id } = seen
      const renamed = await db.atomically({
        guard: (q) =>
          q
            .update(tenants)
            .set({ name: to.name, ref: to.ref, sortName })
            .where(
              and(
                eq(tenants.id, id),
                eq(tenants.name, seen.name),
                seen.ref === null ? isNull(tenants.ref) : eq(tenants.ref, seen.ref),
                to.ref === null
                  ? undefined
                  : notExists(
                      q
                        .select({ one: sql`1` })
                        .from(sql`${tenants} as other`)
                        .where(sql`other.ref = ${to.ref} and other.id <> ${id}`),
                    ),
              ),
            )
            .returning({ id: tenants.id }),
        then: (q) => [
          ...(left.length === 0
            ? []
            : [q.delete(searchWords).where(and(eq(searchWords.tenantId, id), inArray(searchWords.word, left)))]),
          ...writeSearchWords(db, q, id, [to.name, to.ref]),
          q.update(connections).set({ sortName }).where(ofTenant(id)),
          writeEntry(db, q, entry),
        ],
      })
      return renamed !== null
    },

    archive: async (tenantId, userId, entry) => {
      const now = entry.at
      const ids = await idsOf(tenantId)
      const archived = await db.atomically({
        guard: (q) =>
          q
            .update(tenants)
            .set({ archivedAt: now })
            .where(and(eq(tenants.id, tenantId), isNull(tenants.archivedAt)))
            .returning({ id: tenants.id }),
        then: (q) => [
          ...ids.flatMap((id) => enqueueSwitchEvents(db, q, id, false, now)),
          q
            .update(connections)
            .set({ enabled: false, pausedAt: now, pausedBy: userId })
            .where(and(ofTenant(tenantId), eq(connections.enabled, true))),
          q.update(connections).set({ archivedAt: now }).where(ofTenant(tenantId)),
          q.update(tokenSets).set({ refreshDueAt: null }).where(eq(tokenSets.tenantId, tenantId)),
          q.delete(sessions).where(inArray(sessions.userId, peopleOf(q, tenantId))),
          q.delete(links).where(inArray(links.userId, peopleOf(q, tenantId))),
          writeEntry(db, q, entry),
        ],
      })
      return archived !== null
    },

    unarchive: async ({ id: tenantId, archivedAt }, ahead, entry) => {
      const now = entry.at
      const paused = and(ofTenant(tenantId), eq(connections.enabled, false), eq(connections.pausedAt, archivedAt))
      const pausedThen = await db.q.select({ id: connections.id }).from(connections).where(paused)
      const back = await db.atomically({
        guard: (q) =>
          q
            .update(tenants)
            .set({ archivedAt: null })
            .where(and(eq(tenants.id, tenantId), eq(tenants.archivedAt, archivedAt), notErasing(db, q, tenantId)))
            .returning({ id: tenants.id }),
        then: (q) => [
          ...pausedThen.flatMap(({ id }) => enqueueSwitchEvents(db, q, id, true, now)),
          q
            .update(tokenSets)
            .set({ refreshDueAt: db.time.plus(0, now) })
            .where(
              and(
                inArray(
                  tokenSets.id,
                  q
                    .select({ id: connections.tokenSetId })
                    .from(connections)
                    .where(
                      and(
                        paused,
                        isNotNull(connections.tokenSetId),
                        isNull(connections.restoredAt),
                        inArray(connections.state, ['connected', 'degraded']),
                        inArray(connections.provider, ahead),
                      ),
                    ),
                ),
                isNull(tokenSets.refreshDueAt),
              ),
            ),
          q.update(connections).set({ enabled: true, pausedAt: null, pausedBy: null }).where(paused),
          q.update(connections).set({ archivedAt: null }).where(ofTenant(tenantId)),
          writeEntry(db, q, entry),
        ],
      })
      return back !== null
    },

    findExport: async (tenantId) => {
      const [row] = await db.q
        .select({ at: journal.at })
        .from(journal)
        .where(and(eq(journal.tenantId, tenantId), eq(journal.event, 'tenant.exported')))
        .orderBy(desc(journal.at), desc(journal.id))
        .limit(1)
      return row?.at ?? null
    },
  }
}
