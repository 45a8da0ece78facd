import { and, eq, gt, isNull, lte } from 'drizzle-orm'
import type { Session } from '#lib/domain/accounts/session.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { AccountStore } from '#lib/ports/accounts.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { giveBack } from './rate-limit.ts'
import { readUser, userColumns } from './users.ts'

type Sessions = Pick<AccountStore, 'openSession' | 'findSession' | 'endSession'>

interface Opening {
  session: Session & { userId: string }
  /** Throttle buckets that get one attempt back. */
  forgiven: readonly string[]
  now: Date
  entry: JournalEntry
}

/** What opening a session writes, once its guard is won; whatever has expired goes. */
export const opening = (db: Database, q: Queries, { session, forgiven, now, entry }: Opening) => {
  const { sessions } = db.tables
  const { id, userId, expiresAt } = session
  return [
    q.delete(sessions).where(lte(sessions.expiresAt, now)),
    q.insert(sessions).values({ id, userId, createdAt: now, expiresAt }),
    ...forgiven.map((bucket) => giveBack(db, q, bucket)),
    writeEntry(db, q, entry),
  ]
}

export const sessionRows = (db: Database): Sessions => {
  const { sessions, users, tenants } = db.tables
  return {
    openSession: async (session, { verifiedHash, forgiven, now }, entry) => {
      const opened = await db.atomically({
        guard: (q) =>
          q
            .update(users)
            .set({ disabledAt: null })
            .where(and(eq(users.id, session.userId), isNull(users.disabledAt), eq(users.passwordHash, verifiedHash)))
            .returning({ id: users.id }),
        then: (q) => opening(db, q, { session, forgiven, now, entry }),
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
