import { networkOf } from '#lib/domain/accounts/ip-network.ts'
import { isKnownTo, type KnownBrowser } from '#lib/domain/accounts/known-browser.ts'
import type { Client, Session } from '#lib/domain/accounts/session.ts'
import { foldEmail, tenantOf, type User } from '#lib/domain/accounts/user.ts'
import { minuteMs } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import { hasInvisible } from '#lib/domain/invisible.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { RecordRefusal } from '../journal/record-refusal.ts'
import type { PasswordSignIn } from './password-sign-in.ts'
import type { LimitRate } from './rate-limit.ts'
import type { ManageSessions } from './sessions.ts'

/** Failed attempts; a sign-in that succeeds does not count. `docs/security.md` explains them. */
export const signInLimits = {
  /** From all browsers that are not known to the account; and as many from each that is. */
  account: { limit: 10, windowMs: 15 * minuteMs },
  ip: { limit: 100, windowMs: 60 * minuteMs },
  /** Beyond this, answers are delayed. */
  everyone: { limit: 300, windowMs: 15 * minuteMs },
}

export interface Attempt {
  email: string
  password: string
  /** The client's address where it can be trusted, else null. */
  ip: string | null
  /** Null, or left out, for a browser by which nobody has signed in. */
  browser?: KnownBrowser | null
  device?: Client['device']
}

export const signIn = (
  { store, clock, random, passwords }: Deps,
  { take, slowDown }: LimitRate,
  refusals: Pick<RecordRefusal, 'signIn'>,
  { make }: Pick<ManageSessions, 'make'>,
  { refuseWhenOff }: PasswordSignIn,
) => {
  /** Whoever guesses from elsewhere uses up what is left for browsers unknown to the account, not what a known one has. */
  const accountBucket = ({ browser }: Attempt, email: string, userId: string | undefined) =>
    browser && userId !== undefined && isKnownTo(browser, userId, clock.now())
      ? `sign-in:browser:${random.hash(`${browser.id} ${userId}`)}`
      : `sign-in:account:${random.hash(email)}`

  const takeAttempt = async (attempt: Attempt, email: string, userId: string | undefined) => {
    const { ip } = attempt
    const taken = await take([
      ...(ip ? [{ name: `sign-in:address:${random.hash(networkOf(ip))}`, ...signInLimits.ip }] : []),
      { name: accountBucket(attempt, email, userId), ...signInLimits.account },
    ])
    return [...taken, await slowDown({ name: 'sign-in:everyone', ...signInLimits.everyone })]
  }

  return {
    /**
     * Opens a session: the same words after the same time whether the address, the password or the right is missing.
     *
     * @throws Failure `password_sign_in_off`, `too_many_attempts` with `retryAfterS`, `credentials_wrong`
     */
    begin: async (attempt: Attempt): Promise<Session & { user: User }> => {
      await refuseWhenOff()
      const email = foldEmail(attempt.email)
      // a NUL is no text for a database
      const known = hasInvisible(email) ? null : await store.accounts.findSignIn(email)
      const forgiven = await takeAttempt(attempt, email, known?.user.id).catch(async (error: unknown) => {
        await refusals.signIn(known?.user ?? null, attempt.ip)
        throw error
      })
      const right = await passwords.verify(known?.passwordHash ?? null, attempt.password)
      if (known?.passwordHash && right && !known.disabled) {
        const { user } = known
        const now = clock.now()
        const { ip, device = null } = attempt
        const { session, stored } = make(user.id, 'password', { ip, device }, now)
        const actor = actorOf({ id: user.id, ip })
        const outdated = passwords.isOutdated(known.passwordHash)
        const newHash = outdated ? await passwords.hash(attempt.password) : null
        const opened = await store.accounts.openSession(
          stored,
          { verifiedHash: known.passwordHash, newHash, forgiven, now },
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
  }
}
