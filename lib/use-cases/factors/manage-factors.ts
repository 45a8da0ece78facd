import { checkName, normalizeName } from '#lib/domain/accounts/account-validation.ts'
import type { ListedUser } from '#lib/domain/accounts/listed-user.ts'
import type { LiveSession, RenewedSession } from '#lib/domain/accounts/session.ts'
import { mustHaveFactor } from '#lib/domain/accounts/sign-in-policy.ts'
import { foldEmail, type SupportUser, tenantOf, type User } from '#lib/domain/accounts/user.ts'
import { countFactors, type FactorKind, type QrCode } from '#lib/domain/factors/factor.ts'
import { normalizeRecoveryCode, recoveryCodeCount, recoveryCodeFrom } from '#lib/domain/factors/recovery-code.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type Actor, actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { AddedFactor } from '#lib/ports/factors.ts'
import type { ManageSessions } from '../accounts/sessions.ts'
import type { NotifyAccountChange } from '../notifications/notify-account-change.ts'

/** What somebody's authenticator app reads; the secret stands in it, and sealed for the form that confirms it. */
export interface TotpOffer {
  secret: string
  sealed: string
  qr: QrCode
}

/** What comes of setting a factor up, and the session that it was proven in. */
export interface NewFactor {
  /** Recovery codes with a first factor, shown this once. */
  codes: string[] | null
  renewed: RenewedSession
}

/** The second factor of one's own: set up, replaced, taken away. */
export const manageFactors = (
  { store, vault, clock, random, passwords, totp, webAuthn, signInPolicy }: Deps,
  { renewalOf }: Pick<ManageSessions, 'renewalOf'>,
  notify: NotifyAccountChange,
) => {
  const entryOf = (user: User, event: JournalEvent, factor: FactorKind, actor: Actor = actorOf(user)) =>
    journalEntry({ at: clock.now(), tenantId: tenantOf(user), actor, event, detail: { factor } })

  const contextOf = ({ id }: User) => ({ purpose: 'totp_secret', row: id }) as const

  const makeCodes = async () => {
    const codes = Array.from({ length: recoveryCodeCount }, () => recoveryCodeFrom(random.hash(random.secret())))
    const hashes: string[] = []
    for (const code of codes) hashes.push(await passwords.hash(normalizeRecoveryCode(code)))
    return { codes, hashes }
  }

  const add = async (session: LiveSession, factor: AddedFactor['factor']): Promise<NewFactor> => {
    const { id, user } = session
    const now = clock.now()
    const isFirst = countFactors(await store.factors.find(user.id)) === 0
    const made = isFirst ? await makeCodes() : null
    const renewed = renewalOf(session, { now, factor: true })
    const ids = { userId: user.id, sessionId: id, renewedId: renewed.live.id }
    const added = { ...ids, now, factor, codeHashes: made?.hashes ?? null }
    if (!(await store.factors.add(added, entryOf(user, 'factor.added', factor.kind))))
      throw new Failure(factor.kind === 'passkey' ? 'passkey_refused' : 'session_ended')
    await notify(user, { kind: 'factor_changed', change: 'added' })
    return { codes: made?.codes ?? null, renewed }
  }

  return {
    read: (user: User) => store.factors.find(user.id),

    isRequired: (user: User): boolean => mustHaveFactor(signInPolicy, user.role),

    /** Stores nothing: the sealed secret comes back with the code that confirms it. */
    offerTotp: async (user: User, sealedBefore: string | null): Promise<TotpOffer> => {
      const before = sealedBefore && (await vault.open(sealedBefore, contextOf(user)).catch(() => null))
      const secret = before || totp.newSecret()
      const sealed = before && sealedBefore ? sealedBefore : await vault.seal(secret, contextOf(user))
      return { secret, sealed, qr: totp.describe(secret, user.email).qr }
    },

    /** @throws Failure `code_wrong`, `session_ended` */
    addTotp: async (session: LiveSession, sealedSecret: string, typed: string): Promise<NewFactor> => {
      const secret = await vault.open(sealedSecret, contextOf(session.user)).catch(() => null)
      const step = secret ? totp.stepOf(secret, typed.replace(/\s/g, ''), clock.now()) : null
      if (step === null) throw new Failure('code_wrong')
      return add(session, { kind: 'totp', sealedSecret, step })
    },

    /** @returns what the browser is to sign, as JSON. */
    askPasskey: async ({ id, user }: LiveSession): Promise<string> => {
      const { passkeys } = await store.factors.find(user.id)
      const { options, challenge } = await webAuthn.askRegistration(user, passkeys)
      await store.factors.setChallenge(id, challenge)
      return options
    },

    /** @throws Failure `name_missing`, `passkey_refused` */
    addPasskey: async (session: LiveSession, answer: string, typed: string): Promise<NewFactor> => {
      const name = normalizeName(typed)
      if (checkName(name).length > 0) throw new Failure('name_missing')
      const challenge = await store.factors.takeChallenge(session.id)
      const passkey = challenge && (await webAuthn.readRegistration(answer, challenge))
      if (!passkey) throw new Failure('passkey_refused')
      return add(session, { kind: 'passkey', name, ...passkey })
    },

    /** @throws Failure `factor_required` */
    remove: async (user: User, which: 'totp' | { passkey: string }): Promise<void> => {
      const isLast = countFactors(await store.factors.find(user.id)) === 1
      if (isLast && mustHaveFactor(signInPolicy, user.role)) throw new Failure('factor_required')
      const kind = which === 'totp' ? which : 'passkey'
      if (await store.factors.remove(user.id, which, entryOf(user, 'factor.removed', kind)))
        await notify(user, { kind: 'factor_changed', change: 'removed' })
    },

    /** Ten new recovery codes in the place of the older ones. */
    renewCodes: async (user: User): Promise<string[]> => {
      const { codes, hashes } = await makeCodes()
      await store.factors.replaceCodes(user.id, hashes, entryOf(user, 'factor.added', 'recovery_code'))
      await notify(user, { kind: 'factor_changed', change: 'codes' })
      return codes
    },

    /** The same by support, for somebody of support, whose sessions end. */
    resetColleague: async (by: SupportUser, { id, email, locale }: ListedUser): Promise<void> => {
      const entry = entryOf(by, 'factor.reset', 'totp')
      await store.factors.reset(id, { ...entry, detail: { userId: id } })
      await notify({ email, locale }, { kind: 'factor_changed', change: 'removed' })
    },

    /** The operator's way in for somebody who lost every factor. @returns false when nobody has this address. */
    reset: async (typed: string): Promise<boolean> => {
      const known = await store.accounts.findSignIn(foldEmail(typed))
      if (!known) return false
      const entry = entryOf(known.user, 'factor.reset', 'totp', { kind: 'operator' })
      await store.factors.reset(known.user.id, { ...entry, detail: { userId: known.user.id } })
      await notify(known.user, { kind: 'factor_changed', change: 'removed' })
      return true
    },
  }
}
