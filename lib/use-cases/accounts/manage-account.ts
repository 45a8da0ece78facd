import { guessableNames, normalizeName } from '#lib/domain/accounts/account-validation.ts'
import { linkLifeMs, linkOf, linkUrl } from '#lib/domain/accounts/one-time-link.ts'
import type { LiveSession, RenewedSession } from '#lib/domain/accounts/session.ts'
import { foldEmail, type Locale, tenantOf, type User } from '#lib/domain/accounts/user.ts'
import { hourMs } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { LimitMails } from '../notifications/limit-mails.ts'
import type { NotifyAccountChange } from '../notifications/notify-account-change.ts'
import type { ConfirmIdentity } from './confirm-identity.ts'
import type { ManageSessions } from './sessions.ts'

/** « Mon compte »: what somebody changes of their own access. */
export const manageAccount = (
  { store, clock, random, passwords, mailer, renderMail, publicUrl }: Deps,
  { verifyPassword }: Pick<ConfirmIdentity, 'verifyPassword'>,
  { renewalOf }: Pick<ManageSessions, 'renewalOf'>,
  takeMail: LimitMails,
  notify: NotifyAccountChange,
) => {
  const entryOf = (user: User, event: JournalEvent) =>
    journalEntry({ at: clock.now(), tenantId: tenantOf(user), actor: actorOf(user), event })

  return {
    read: (user: User) => store.profiles.read(user.id, clock.now()),

    /** @param typed checked by its form */
    save: (user: User, typed: { name: string; locale: Locale; timeZone: string | null }): Promise<void> => {
      const name = normalizeName(typed.name)
      return store.profiles.save(user.id, { ...typed, name }, entryOf(user, 'user.profile_changed'))
    },

    /**
     * Sets a new password by the current one, ends the user's other sessions, and tells them. This one goes on under a new id.
     *
     * @throws Failure `current_password_wrong`, `password_weak`, `password_sign_in_off`, `session_ended`, `too_many_attempts`
     */
    changePassword: async (
      session: LiveSession,
      user: User,
      current: string,
      password: string,
    ): Promise<RenewedSession> => {
      const verifiedHash = await verifyPassword(session, current, 'current_password_wrong')
      const tenantName = user.role === 'support' ? null : user.tenantName
      if (await passwords.isGuessable(password, guessableNames({ ...user, tenantName })))
        throw new Failure('password_weak')
      const newHash = await passwords.hash(password)
      const now = clock.now()
      const renewed = renewalOf(session, { now, factor: false })
      const keeps = { id: session.id, renewedId: renewed.live.id }
      const change = { userId: user.id, verifiedHash, newHash, keeps, now }
      if (!(await store.profiles.changePassword(change, entryOf(user, 'password.changed')))) {
        const isTheirs = (await store.profiles.findPasswordHash(user.id)) === verifiedHash
        throw new Failure(isTheirs ? 'session_ended' : 'current_password_wrong')
      }
      await notify(user, { kind: 'password_changed' })
      return renewed
    },

    /**
     * Mails a link to the new address, which is nobody's before it is opened there; the answer is the same whoever has it.
     *
     * @throws Failure `mail_missing`, `mails_throttled` with `retryAfterS`, `mail_failed`
     */
    askEmail: async (user: User, typed: string): Promise<void> => {
      if (!mailer.configured) throw new Failure('mail_missing')
      const email = foldEmail(typed)
      await takeMail({ recipient: email, by: { user, tenantId: tenantOf(user) } })
      const token = random.secret()
      const link = { ...linkOf('address', random.hash(token), user.id, clock.now()), email }
      await store.accounts.addLink(link, entryOf(user, 'email.requested'))
      const mail = {
        kind: 'new_email',
        link: linkUrl(publicUrl, 'address', token),
        hours: linkLifeMs.address / hourMs,
      } as const
      await mailer.send({ to: email, ...renderMail(mail, user) })
    },

    /** Gives a new address up before it is confirmed. */
    withdrawEmail: (user: User): Promise<void> => store.profiles.withdrawEmail(user.id),

    /** Whose new address a live link confirms; changes nothing. */
    readEmailLink: (token: string) => store.profiles.findEmailLink(random.hash(token), clock.now()),

    /** Why a link to confirm an address is not live. */
    deadLinkReason: async (token: string) => {
      const spent = await store.accounts.findSpent(random.hash(token), 'address', clock.now())
      return spent ? (`link_${spent}` as const) : ('link_dead' as const)
    },

    /**
     * Puts the new address in the place of the old one, which is told.
     *
     * @throws Failure `link_dead`, `email_taken`
     */
    confirmEmail: async (token: string, ip: string | null): Promise<void> => {
      const tokenHash = random.hash(token)
      const now = clock.now()
      const found = await store.profiles.findEmailLink(tokenHash, now)
      if (!found) throw new Failure('link_dead')
      const { user, newEmail } = found
      const entry = entryOf({ ...user, ip }, 'email.changed')
      if (!(await store.profiles.changeEmail({ tokenHash, user, newEmail, now }, entry)))
        throw new Failure((await store.accounts.findSignIn(newEmail)) ? 'email_taken' : 'link_dead')
      await notify(user, { kind: 'email_changed', email: newEmail })
    },
  }
}
