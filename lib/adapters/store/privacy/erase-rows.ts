import { and, eq, exists, inArray, isNull, like, ne, or, sql } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { foldEmail } from '#lib/domain/accounts/user.ts'
import { searchWordsOf } from '#lib/domain/support/search-words.ts'
import type { PersonalDataStore } from '#lib/ports/privacy.ts'
import { hasEmail } from '../accounts/has-email.ts'
import { inState } from '../accounts/user-state.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { forgetAddresses } from '../journal/retention.ts'
import { eraseTenants } from './erase-tenants.ts'

type Methods = Omit<PersonalDataStore, 'rows'>

export const eraseRows = (db: Database): Methods => {
  const { tables } = db
  const { users, tenants, searchWords, tokenSets, throttleLog, invitations, incidents } = tables

  /** The events of these limits, and the rows that callers take in turn. A key may stand within a longer one. */
  const forgetBuckets = (q: Queries, buckets: readonly string[]) =>
    buckets.map((bucket) =>
      q
        .delete(throttleLog)
        .where(or(like(throttleLog.bucket, `%${bucket}%`), like(throttleLog.id, `gate:%${bucket}%`))),
    )

  /** By which the tenant is found for nothing that stays: words of the address, and of those that the person had before. */
  const wordsOf = async (tenantId: TenantId, userId: string): Promise<string[]> => {
    const [tenant] = await db.q.select().from(tenants).where(eq(tenants.id, tenantId))
    const others = await db.q
      .select({ email: users.email })
      .from(users)
      .where(and(eq(users.tenantId, tenantId), ne(users.id, userId)))
    const kept = new Set(searchWordsOf([tenant?.name ?? null, tenant?.ref ?? null, ...others.map((one) => one.email)]))
    const present = await db.q
      .select({ word: searchWords.word })
      .from(searchWords)
      .where(eq(searchWords.tenantId, tenantId))
    return present.map(({ word }) => word).filter((word) => !kept.has(word))
  }

  /** What support noted of a tenant's incidents and names somebody: the whole of it, since the rest tells of them too. */
  const forgetNotes = (q: Queries, tenantId: TenantId, names: readonly string[]) => {
    const { note } = incidents
    const namesThem = names.map((name) => sql`replace(lower(${note}), lower(${name}), '') <> lower(${note})`)
    return q
      .update(incidents)
      .set({ note: null, notedBy: null, notedAt: null })
      .where(and(eq(incidents.tenantId, tenantId), or(...namesThem)))
  }

  /** Somebody else who is active in this role, of the same customer. */
  const another = (q: Queries, userId: string, tenantId: TenantId | null) =>
    exists(
      q
        .select({ one: sql`1` })
        .from(sql`${users} as other`)
        .where(
          sql`other.id <> ${userId} and other.disabled_at is null
            and (other.password_hash is not null or other.oidc_subject is not null)
            and ${tenantId === null ? sql`other.role = 'support'` : sql`other.role = 'admin' and other.tenant_id = ${tenantId}`}`,
        ),
    )

  return {
    eraseUser: async ({ userId, tenantId, email, buckets }, entry) => {
      const words = tenantId === null ? [] : await wordsOf(tenantId, userId)
      const [person] = await db.q.select({ name: users.name }).from(users).where(eq(users.id, userId))
      const name = person?.name ?? email
      const erased = await db.atomically({
        // two who erase each other each see the other one, unless they come one after the other
        hold: (q) =>
          tenantId === null
            ? q
                .update(users)
                .set({ name: sql`${users.name}` })
                .where(eq(users.role, 'support'))
            : q
                .update(tenants)
                .set({ name: sql`${tenants.name}` })
                .where(eq(tenants.id, tenantId)),
        guard: (q) => {
          const alone = and(inArray(users.role, ['admin', 'support']), inState(db, 'active'))
          return q
            .delete(users)
            .where(
              and(
                eq(users.id, userId),
                tenantId === null ? isNull(users.tenantId) : eq(users.tenantId, tenantId),
                or(sql`not (${alone})`, another(q, userId, tenantId)),
              ),
            )
            .returning({ id: users.id })
        },
        then: (q) => [
          ...forgetBuckets(q, buckets),
          ...(tenantId === null || words.length === 0
            ? []
            : [q.delete(searchWords).where(and(eq(searchWords.tenantId, tenantId), inArray(searchWords.word, words)))]),
          // the one they accepted may hold an older address
          q.delete(invitations).where(or(eq(invitations.id, userId), hasEmail(invitations.email, foldEmail(email)))),
          // their account at the provider, by the same address or, in their customer, by the same name
          q
            .update(tokenSets)
            .set({ accountName: null, accountEmail: null })
            .where(
              or(
                eq(sql`lower(${tokenSets.accountEmail})`, email),
                tenantId === null ? undefined : and(eq(tokenSets.tenantId, tenantId), eq(tokenSets.accountName, name)),
              ),
            ),
          ...(tenantId === null ? [] : [forgetNotes(q, tenantId, [name, email])]),
          forgetAddresses(db, q, userId),
          writeEntry(db, q, entry),
        ],
      })
      return erased !== null
    },

    ...eraseTenants(db, forgetBuckets),

    scrub: db.scrub,
  }
}
