import { and, desc, eq, gt, inArray, isNull, lte } from 'drizzle-orm'
import type { AccountStore } from '#lib/ports/account-store.ts'
import type { Database } from './database.ts'
import { writeEntry } from './journal.ts'
import type { Queries } from './queries.ts'
import { readUser, userColumns } from './users.ts'

type Sessions = Pick<AccountStore, 'openSession' | 'findSession' | 'endSession'>

/** The delete of a bucket's newest event: events of one bucket are worth the same. */
const giveBack = ({ tables: { throttleLog: log } }: Database, q: Queries, bucket: string) =>
  q
    .delete(log)
    .where(
      inArray(
        log.id,
        q.select({ id: log.id }).from(log).where(eq(log.bucket, bucket)).orderBy(desc(log.at), desc(log.id)).limit(1),
      ),
    )

export const sessionRows = (db: Database): Sessions => {
  const { sessions, users, tenants } = db.tables
  return {
    openSession: async ({ id, userId, expiresAt }, { verifiedHash, forgiven, now }, entry) => {
      const opened = await db.atomically({
        guard: (q) =>
          q
            .update(users)
            .set({ disabledAt: null })
            .where(and(eq(users.id, userId), isNull(users.disabledAt), eq(users.passwordHash, verifiedHash)))
            .returning({ id: users.id }),
        then: (q) => [
          q.delete(sessions).where(lte(sessions.expiresAt, now)),
          q.insert(sessions).values({ id, userId, createdAt: now, expiresAt }),
          ...forgiven.map((bucket) => giveBack(db, q, bucket)),
          writeEntry(db, q, entry),
        ],
      })
      return opened !== null
    },
    findSession: async (id, now) => {
      const [row] = await db.q
        .select(userColumns(db))
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .leftJoin(tenants, eq(tenants.id, users.tenantId))
        .where(and(eq(sessions.id, id), gt(sessions.expiresAt, now), isNull(users.disabledAt)))
      return row ? readUser(row) : null
    },
    endSession: async (id, entry) => {
      await db.atomically({
        guard: (q) => q.delete(sessions).where(eq(sessions.id, id)).returning({ id: sessions.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
    },
  }
}
