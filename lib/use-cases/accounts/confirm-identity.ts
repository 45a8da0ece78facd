import type { LiveSession, RenewedSession } from '#lib/domain/accounts/session.ts'
import { tenantOf } from '#lib/domain/accounts/user.ts'
import { minuteMs } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { PasswordSignIn } from './password-sign-in.ts'
import type { LimitRate } from './rate-limit.ts'
import type { ManageSessions } from './sessions.ts'

/** Of a session, whose user is known: whoever stole it does not lock the owner out elsewhere. */
export const confirmLimit = { limit: 10, windowMs: 15 * minuteMs }

/** « Confirmez que c'est vous »: a session that was stolen never becomes an account. */
export const confirmIdentity = (
  { store, clock, passwords }: Deps,
  { take }: Pick<LimitRate, 'take'>,
  { refuseWhenOff }: PasswordSignIn,
  { renew }: Pick<ManageSessions, 'renew'>,
) => {
  /**
   * Compares what the session's user typed with their password.
   *
   * @returns the hash that it was verified by
   * @throws Failure `wrong`, `password_sign_in_off`, `too_many_attempts` with `retryAfterS`
   */
  const verifyPassword = async ({ id, user }: LiveSession, typed: string, wrong: FailureCode): Promise<string> => {
    await refuseWhenOff()
    const taken = await take([{ name: `confirm:session:${id}`, ...confirmLimit }])
    const hash = await store.profiles.findPasswordHash(user.id)
    if ((await passwords.verify(hash, typed)) && hash !== null) {
      await store.rateLimit.giveBack(taken)
      return hash
    }
    const entry = { at: clock.now(), tenantId: tenantOf(user), actor: actorOf(user), outcome: wrong }
    await store.journal.append(journalEntry({ ...entry, event: 'session.refused' }))
    throw new Failure(wrong)
  }

  return {
    verifyPassword,

    /** @throws Failure `confirmation_wrong`, `password_sign_in_off`, `session_ended`, `too_many_attempts` with `retryAfterS` */
    byPassword: async (session: LiveSession, typed: string): Promise<RenewedSession> => {
      await verifyPassword(session, typed, 'confirmation_wrong')
      return renew(session, { now: clock.now(), factor: false })
    },
  }
}

export type ConfirmIdentity = ReturnType<typeof confirmIdentity>
