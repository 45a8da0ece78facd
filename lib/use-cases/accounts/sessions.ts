import {
  awaitedOf,
  type Client,
  isConfirmed,
  type ListedSession,
  type LiveSession,
  type RenewedSession,
  type Session,
  type SignInMethod,
  type StoredSession,
  seenEveryMs,
  sessionLifeMs,
} from '#lib/domain/accounts/session.ts'
import { tenantOf, type User } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** When its user proved who they are, and whether by the second factor. */
interface Proof {
  now: Date
  factor: boolean
}

/** Sessions: made, found by what the browser holds, and ended. */
export const manageSessions = ({ store, clock, random, signInPolicy }: Deps) => {
  const liveAt = (now: Date) => ({ now, seenAfter: new Date(now.getTime() - signInPolicy.sessionIdleMs) })

  const entryOf = (user: User, ip: string | null, now: Date) =>
    journalEntry({ at: now, tenantId: tenantOf(user), actor: actorOf({ id: user.id, ip }), event: 'session.ended' })

  /** A live session, whatever it still awaits; it is seen by this. */
  const find = async (id: string): Promise<LiveSession | null> => {
    const now = clock.now()
    const found = await store.sessions.find(random.hash(id), liveAt(now))
    if (!found) return null
    // a session that cannot be noted is good nevertheless
    if (now.getTime() - found.lastSeenAt.getTime() >= seenEveryMs)
      await store.sessions.touch(found.id, now).catch(() => undefined)
    return { ...found, awaits: awaitedOf(found, signInPolicy) }
  }

  /**
   * What a session is once its user proved who they are: it goes on under a new id until the same end. To be stored with what
   * was proven for.
   *
   * @see OWASP ASVS 5.0, 7.2.4
   */
  const renewalOf = (live: LiveSession, { now, factor }: Proof): RenewedSession => {
    const session = { id: random.secret(), expiresAt: live.expiresAt }
    const proven = factor ? { factorAt: now, hasFactor: true } : {}
    const renewed = { ...live, ...proven, id: random.hash(session.id), confirmedAt: now }
    return { session, live: { ...renewed, awaits: awaitedOf(renewed, signInPolicy) } }
  }

  return {
    renewalOf,

    /**
     * The same, stored: the old id opens nothing any more.
     *
     * @throws Failure `session_ended` when another request of the same browser was first, or the session ended
     */
    renew: async (live: LiveSession, proof: Proof): Promise<RenewedSession> => {
      const renewed = renewalOf(live, proof)
      if (!(await store.sessions.renew(live.id, { id: renewed.live.id, ...proof }))) throw new Failure('session_ended')
      return renewed
    },

    /** A new one, to be stored by what opens it. */
    make: (userId: string, method: SignInMethod, { ip, device }: Client, now: Date) => {
      const session: Session = { id: random.secret(), expiresAt: new Date(now.getTime() + sessionLifeMs) }
      const stored: StoredSession = { ...session, id: random.hash(session.id), userId, method, ip, device }
      return { session, stored }
    },

    find,

    /** The active user of a live session that opens everything. */
    findUser: async (id: string): Promise<User | null> => {
      const found = await find(id)
      return found && found.awaits === null ? found.user : null
    },

    /** Whether its user proved who they are a short while ago. */
    isConfirmed: (session: LiveSession): boolean => isConfirmed(session, clock.now()),

    end: async (id: string, ip: string | null): Promise<void> => {
      const now = clock.now()
      const found = await store.sessions.find(random.hash(id), liveAt(now))
      if (found) await store.sessions.end(found.id, entryOf(found.user, ip, now))
    },

    /** The sessions of a user, the last seen first. */
    list: (user: User): Promise<ListedSession[]> => store.sessions.list(user.id, liveAt(clock.now())),

    /** Ends one of the user's own sessions, or all but one. */
    close: (user: User, which: { only: string } | { allBut: string }): Promise<void> =>
      store.sessions.close(user.id, which, entryOf(user, user.ip ?? null, clock.now())),
  }
}

export type ManageSessions = ReturnType<typeof manageSessions>
