import { type Session, sessionLifeMs } from '#lib/domain/accounts/session.ts'
import { foldEmail, tenantOf, type User } from '#lib/domain/accounts/user.ts'
import { minuteMs } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { RecordRefusal } from '../journal/record-refusal.ts'
import type { LimitRate } from './rate-limit.ts'

/** Failed attempts; a sign-in that succeeds does not count. */
export const signInLimits = {
  account: { limit: 10, windowMs: 15 * minuteMs },
  ip: { limit: 100, windowMs: 60 * minuteMs },
  everyone: { limit: 1000, windowMs: 15 * minuteMs },
}

export interface Attempt {
  email: string
  password: string
  /** The client's address where it can be trusted, else null. */
  ip: string | null
}

export const signIn = (
  { store, clock, random, passwords }: Deps,
  limitRate: LimitRate,
  refusals: Pick<RecordRefusal, 'signIn'>,
) => {
  const takeAttempt = ({ ip }: Attempt, email: string) =>
    limitRate([
      { name: `sign-in:account:${random.hash(email)}`, ...signInLimits.account },
      ...(ip ? [{ name: `sign-in:address:${random.hash(ip)}`, ...signInLimits.ip }] : []),
      { name: 'sign-in:everyone', ...signInLimits.everyone },
    ])

  return {
    /**
     * Opens a session: the same words after the same time whether the address, the password or the right is missing.
     *
     * @throws Failure `too_many_attempts` with `retryAfterS`, `credentials_wrong`
     */
    begin: async (attempt: Attempt): Promise<Session & { user: User }> => {
      const email = foldEmail(attempt.email)
      const known = await store.accounts.findSignIn(email)
      const forgiven = await takeAttempt(attempt, email).catch(async (error: unknown) => {
        await refusals.signIn(known?.user ?? null, attempt.ip)
        throw error
      })
      const right = await passwords.verify(known?.passwordHash ?? null, attempt.password)
      if (known?.passwordHash && right && !known.disabled) {
        const { user } = known
        const now = clock.now()
        const session = { id: random.uuid(), expiresAt: new Date(now.getTime() + sessionLifeMs) }
        const actor = actorOf({ id: user.id, ip: attempt.ip })
        const opened = await store.accounts.openSession(
          { ...session, userId: user.id },
          { verifiedHash: known.passwordHash, forgiven, now },
          journalEntry({ at: now, tenantId: tenantOf(user), actor, event: 'session.opened' }),
        )
        if (opened) return { ...session, user }
      }
      await store.journal.append(
        journalEntry({
          at: clock.now(),
          tenantId: known ? tenantOf(known.user) : null,
          actor: { kind: 'visitor', ip: attempt.ip },
          event: 'session.refused',
          outcome: 'credentials_wrong',
          detail: known ? { userId: known.user.id } : {},
        }),
      )
      throw new Failure('credentials_wrong')
    },

    end: async (sessionId: string, ip: string | null): Promise<void> => {
      const now = clock.now()
      const user = await store.accounts.findSession(sessionId, now)
      if (!user) return
      const actor = actorOf({ id: user.id, ip })
      const entry = journalEntry({ at: now, tenantId: tenantOf(user), actor, event: 'session.ended' })
      await store.accounts.endSession(sessionId, entry)
    },

    /** The active user of a live session. */
    findUser: (sessionId: string): Promise<User | null> => store.accounts.findSession(sessionId, clock.now()),
  }
}
