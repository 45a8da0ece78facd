import { and, desc, eq, gt, isNotNull, isNull, lte, ne } from 'drizzle-orm'
import type { StoredSession } from '#lib/domain/accounts/session.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { AccountStore, LiveAt, SessionStore } from '#lib/ports/accounts.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { notArchived } from './archived.ts'
import { giveBack } from './rate-limit.ts'
import { readUser, userColumns } from './users.ts'

interface Opening {
  session: StoredSession
  /** Throttle buckets that get one attempt back. */
  forgiven: readonly string[]
  now: Date
  entry: JournalEntry
}

export const insertSession = ({ tables: { sessions } }: Database, q: Queries, session: StoredSession, now: Date) =>
  q.insert(sessions).values({ ...session, createdAt: now, lastSeenAt: now, confirmedAt: now })

/** What opening a session writes, once its guard is won; whatever has expired goes. */
export const opening = (db: Database, q: Queries, { session, forgiven, now, entry }: Opening) => [
  q.delete(db.tables.sessions).where(lte(db.tables.sessions.expiresAt, now)),
  insertSession(db, q, session, now),
  ...forgiven.map((bucket) => giveBack(db, q, bucket)),
  writeEntry(db, q, entry),
]

export const sessionRows = (db: Database): Pick<AccountStore, 'openSession'> => {
  const { users } = db.tables
  return {
    openSession: async (session, { verifiedHash, newHash, forgiven, now }, entry) => {
      const opened = await db.atomically({
        guard: (q) =>
          q
            .update(users)
            .set({ passwordHash: newHash ?? verifiedHash })
            .where(
              and(
                eq(users.id, session.userId),
                isNull(users.disabledAt),
                notArchived(db, q, users.tenantId),
                eq(users.passwordHash, verifiedHash),
              ),
            )
            .returning({ id: users.id }),
        then: (q) => opening(db, q, { session, forgiven, now, entry }),
      })
      return opened !== null
    },
  }
}

export const sessionStore = (db: Database): SessionStore => {
  const { sessions, users, tenants, totpSecrets, passkeys } = db.tables
  const live = ({ now, seenAfter }: LiveAt) =>
    and(gt(sessions.expiresAt, now), gt(sessions.lastSeenAt, seenAfter), isNotNull(sessions.confirmedAt))

  return {
    find: async (id, at) => {
      const [row] = await db.q
        .select({ user: userColumns(db), session: sessions, totp: totpSecrets.userId, passkey: passkeys.id })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .leftJoin(tenants, eq(tenants.id, users.tenantId))
        .leftJoin(totpSecrets, eq(totpSecrets.userId, users.id))
        .leftJoin(passkeys, eq(passkeys.userId, users.id))
        .where(and(eq(sessions.id, id), live(at), isNull(users.disabledAt), isNull(tenants.archivedAt)))
        .limit(1)
      if (!row) return null
      const { method, expiresAt, lastSeenAt, confirmedAt, factorAt } = row.session
      if (!method || !lastSeenAt || !confirmedAt) return null
      const hasFactor = row.totp !== null || row.passkey !== null
      return { id, user: readUser(row.user), method, expiresAt, lastSeenAt, confirmedAt, factorAt, hasFactor }
    },
    touch: async (id, now) => {
      await db.q.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, id))
    },
    renew: async (oldId, { id, now, factor }) => {
      const renewed = await db.q
        .update(sessions)
        .set({ id, confirmedAt: now, ...(factor && { factorAt: now }) })
        .where(eq(sessions.id, oldId))
        .returning({ id: sessions.id })
      return renewed.length > 0
    },
    end: async (id, entry) => {
      await db.atomically({
        guard: (q) => q.delete(sessions).where(eq(sessions.id, id)).returning({ id: sessions.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
    },
    list: async (userId, at) => {
      const rows = await db.q
        .select()
        .from(sessions)
        .where(and(eq(sessions.userId, userId), live(at)))
        .orderBy(desc(sessions.lastSeenAt), desc(sessions.createdAt))
      return rows.map(({ id, createdAt, lastSeenAt, ip, device }) => ({
        id,
        openedAt: createdAt,
        lastSeenAt: lastSeenAt ?? createdAt,
        ip,
        device,
      }))
    },
    close: async (userId, which, entry) => {
      const chosen = 'only' in which ? eq(sessions.id, which.only) : ne(sessions.id, which.allBut)
      await db.atomically({
        guard: (q) =>
          q
            .delete(sessions)
            .where(and(eq(sessions.userId, userId), chosen))
            .returning({ id: sessions.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
    },
  }
}
