import { randomUUID } from 'node:crypto'
import { and, asc, eq, isNull, lt, notExists, sql } from 'drizzle-orm'
import type { FactorStore } from '#lib/ports/factors.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { challenges } from './challenges.ts'

export const factorStore = (db: Database): FactorStore => {
  const { totpSecrets, passkeys, recoveryCodes: codes, sessions, users } = db.tables

  const replaceCodes = (q: Queries, userId: string, hashes: readonly string[], now: Date) => [
    q.delete(codes).where(eq(codes.userId, userId)),
    q.insert(codes).values(hashes.map((codeHash) => ({ id: randomUUID(), userId, codeHash, createdAt: now }))),
  ]

  /** Codes without a factor would open nothing, and come back with the next one. */
  const dropOrphanedCodes = (q: Queries, userId: string) => {
    const totp = q.select({ id: totpSecrets.userId }).from(totpSecrets).where(eq(totpSecrets.userId, userId))
    const keys = q.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.userId, userId))
    return q.delete(codes).where(and(eq(codes.userId, userId), notExists(totp), notExists(keys)))
  }

  return {
    find: async (userId) => {
      const [[totp], keys, made] = await Promise.all([
        db.q.select().from(totpSecrets).where(eq(totpSecrets.userId, userId)),
        db.q.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(asc(passkeys.createdAt)),
        db.q.select().from(codes).where(eq(codes.userId, userId)),
      ])
      return {
        totp: totp ?? null,
        passkeys: keys,
        codes: { left: made.filter(({ usedAt }) => usedAt === null).length, madeAt: made[0]?.createdAt ?? null },
      }
    },
    add: async ({ userId, sessionId, renewedId, now, factor, codeHashes }, entry) => {
      if (factor.kind === 'passkey') {
        const [known] = await db.q.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.id, factor.id))
        if (known) return false
      }
      const added = await db.atomically({
        guard: (q) =>
          q
            .update(sessions)
            .set({ id: renewedId, factorAt: now, confirmedAt: now })
            .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId)))
            .returning({ id: sessions.id }),
        then: (q) => {
          if (factor.kind === 'passkey') {
            const { kind: _, ...key } = factor
            const insert = q.insert(passkeys).values({ ...key, userId, createdAt: now, usedAt: null })
            return [insert, ...(codeHashes ? replaceCodes(q, userId, codeHashes, now) : []), writeEntry(db, q, entry)]
          }
          const { sealedSecret, step: lastStep } = factor
          return [
            q.delete(totpSecrets).where(eq(totpSecrets.userId, userId)),
            q.insert(totpSecrets).values({ userId, sealedSecret, lastStep, createdAt: now }),
            ...(codeHashes ? replaceCodes(q, userId, codeHashes, now) : []),
            writeEntry(db, q, entry),
          ]
        },
      })
      return added !== null
    },
    takeTotp: async (userId, step, now) => {
      const used = await db.q
        .update(totpSecrets)
        .set({ lastStep: step, usedAt: now })
        .where(and(eq(totpSecrets.userId, userId), lt(totpSecrets.lastStep, step)))
        .returning({ userId: totpSecrets.userId })
      return used.length > 0
    },
    takePasskey: async (userId, id, counter, now) => {
      const used = await db.q
        .update(passkeys)
        .set({ counter, usedAt: now })
        .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
        .returning({ id: passkeys.id })
      return used.length > 0
    },
    listCodes: async (userId) =>
      db.q
        .select({ id: codes.id, hash: codes.codeHash })
        .from(codes)
        .where(and(eq(codes.userId, userId), isNull(codes.usedAt))),
    takeCode: async (id, now) => {
      const used = await db.q
        .update(codes)
        .set({ usedAt: now })
        .where(and(eq(codes.id, id), isNull(codes.usedAt)))
        .returning({ id: codes.id })
      return used.length > 0
    },
    remove: async (userId, which, entry) => {
      const removed = await db.atomically({
        guard: (q) =>
          which === 'totp'
            ? q.delete(totpSecrets).where(eq(totpSecrets.userId, userId)).returning({ id: totpSecrets.userId })
            : q
                .delete(passkeys)
                .where(and(eq(passkeys.userId, userId), eq(passkeys.id, which.passkey)))
                .returning({ id: passkeys.id }),
        then: (q) => [dropOrphanedCodes(q, userId), writeEntry(db, q, entry)],
      })
      return removed !== null
    },
    replaceCodes: async (userId, hashes, entry) => {
      await db.atomically({
        guard: (q) =>
          q
            .update(users)
            .set({ name: sql`${users.name}` })
            .where(and(eq(users.id, userId), isNull(users.disabledAt)))
            .returning({ id: users.id }),
        then: (q) => [...replaceCodes(q, userId, hashes, entry.at), writeEntry(db, q, entry)],
      })
    },
    reset: async (userId, entry) => {
      await db.atomically({
        guard: (q) =>
          q
            .update(users)
            .set({ name: sql`${users.name}` })
            .where(eq(users.id, userId))
            .returning({ id: users.id }),
        then: (q) => [
          q.delete(codes).where(eq(codes.userId, userId)),
          q.delete(totpSecrets).where(eq(totpSecrets.userId, userId)),
          q.delete(passkeys).where(eq(passkeys.userId, userId)),
          q.delete(sessions).where(eq(sessions.userId, userId)),
          writeEntry(db, q, entry),
        ],
      })
    },
    ...challenges(db),
  }
}
