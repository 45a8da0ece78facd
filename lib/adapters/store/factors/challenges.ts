import { and, eq, isNotNull } from 'drizzle-orm'
import type { FactorStore } from '#lib/ports/factors.ts'
import type { Database } from '../engine/database.ts'

/** What a passkey was asked to sign: once, and in the session that asked. */
export const challenges = (db: Database): Pick<FactorStore, 'setChallenge' | 'takeChallenge'> => {
  const { sessions } = db.tables
  return {
    setChallenge: async (sessionId, challenge) => {
      await db.q.update(sessions).set({ challenge }).where(eq(sessions.id, sessionId))
    },
    takeChallenge: async (sessionId) => {
      const [row] = await db.q
        .select({ challenge: sessions.challenge })
        .from(sessions)
        .where(and(eq(sessions.id, sessionId), isNotNull(sessions.challenge)))
      if (!row?.challenge) return null
      const taken = await db.q
        .update(sessions)
        .set({ challenge: null })
        .where(and(eq(sessions.id, sessionId), eq(sessions.challenge, row.challenge)))
        .returning({ id: sessions.id })
      return taken.length > 0 ? row.challenge : null
    },
  }
}
