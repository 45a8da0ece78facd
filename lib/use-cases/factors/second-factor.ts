import { isKnownTo, type KnownBrowser } from '#lib/domain/accounts/known-browser.ts'
import type { LiveSession, RenewedSession } from '#lib/domain/accounts/session.ts'
import { tenantOf } from '#lib/domain/accounts/user.ts'
import { minuteMs } from '#lib/domain/duration.ts'
import type { FactorKind } from '#lib/domain/factors/factor.ts'
import { normalizeRecoveryCode } from '#lib/domain/factors/recovery-code.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { LimitRate } from '../accounts/rate-limit.ts'
import type { ManageSessions } from '../accounts/sessions.ts'

/** Wrong codes of an account, from browsers unknown to it; and as many from each that is known. */
export const factorLimit = { limit: 10, windowMs: 15 * minuteMs }

/** The second factor of a session whose password was right, or of one whose user proves anew who they are. */
export const secondFactor = (
  { store, vault, clock, random, passwords, totp, webAuthn }: Deps,
  { take, slowDown }: LimitRate,
  { renew }: Pick<ManageSessions, 'renew'>,
  everyone: Parameters<LimitRate['slowDown']>[0],
) => {
  const bucketOf = (userId: string, browser: KnownBrowser | null) =>
    browser && isKnownTo(browser, userId, clock.now())
      ? `factor:browser:${random.hash(`${browser.id} ${userId}`)}`
      : `factor:account:${userId}`

  const journal = ({ user }: LiveSession, factor: FactorKind, outcome: 'ok' | FailureCode) =>
    store.journal.append(
      journalEntry({
        ...{ at: clock.now(), tenantId: tenantOf(user), actor: actorOf(user), outcome },
        ...{ event: outcome === 'ok' ? 'factor.used' : 'factor.refused', detail: { factor } },
      }),
    )

  const attempt = async (
    session: LiveSession,
    browser: KnownBrowser | null,
    { factor, wrong }: { factor: FactorKind; wrong: FailureCode },
    prove: () => Promise<boolean>,
  ): Promise<RenewedSession> => {
    const taken = await take([{ name: bucketOf(session.user.id, browser), ...factorLimit }])
    taken.push(await slowDown(everyone))
    if (!(await prove())) {
      await journal(session, factor, wrong)
      throw new Failure(wrong)
    }
    await store.rateLimit.giveBack(taken)
    const renewed = await renew(session, { now: clock.now(), factor: true })
    await journal(session, factor, 'ok')
    return renewed
  }

  return {
    /** What the session's user can prove it by. */
    offers: async ({ user }: LiveSession) => {
      const { totp: app, passkeys, codes } = await store.factors.find(user.id)
      return { totp: app !== null, passkey: passkeys.length > 0, recoveryCode: codes.left > 0 }
    },

    /** @throws Failure `code_wrong`, `session_ended`, `too_many_attempts` with `retryAfterS` */
    byCode: (session: LiveSession, typed: string, browser: KnownBrowser | null): Promise<RenewedSession> =>
      attempt(session, browser, { factor: 'totp', wrong: 'code_wrong' }, async () => {
        const userId = session.user.id
        const { totp: app } = await store.factors.find(userId)
        const secret = app && (await vault.open(app.sealedSecret, { purpose: 'totp_secret', row: userId }))
        const now = clock.now()
        const step = secret ? totp.stepOf(secret, typed.replace(/\s/g, ''), now) : null
        return step !== null && store.factors.takeTotp(userId, step, now)
      }),

    /** @throws Failure `recovery_code_wrong`, `session_ended`, `too_many_attempts` with `retryAfterS` */
    byRecoveryCode: (session: LiveSession, typed: string, browser: KnownBrowser | null): Promise<RenewedSession> =>
      attempt(session, browser, { factor: 'recovery_code', wrong: 'recovery_code_wrong' }, async () => {
        const code = normalizeRecoveryCode(typed)
        for (const { id, hash } of await store.factors.listCodes(session.user.id))
          if (await passwords.verify(hash, code)) return store.factors.takeCode(id, clock.now())
        return false
      }),

    /** @returns what the browser is to sign, as JSON. */
    askPasskey: async ({ id, user }: LiveSession): Promise<string> => {
      const { passkeys } = await store.factors.find(user.id)
      const { options, challenge } = await webAuthn.askAuthentication(passkeys)
      await store.factors.setChallenge(id, challenge)
      return options
    },

    /** @throws Failure `passkey_refused`, `session_ended`, `too_many_attempts` with `retryAfterS` */
    byPasskey: (session: LiveSession, answer: string, browser: KnownBrowser | null): Promise<RenewedSession> =>
      attempt(session, browser, { factor: 'passkey', wrong: 'passkey_refused' }, async () => {
        const userId = session.user.id
        const challenge = await store.factors.takeChallenge(session.id)
        const { passkeys } = await store.factors.find(userId)
        const proven = challenge && (await webAuthn.readAuthentication(answer, challenge, passkeys))
        return proven ? store.factors.takePasskey(userId, proven.id, proven.counter, clock.now()) : false
      }),
  }
}
