import { guessableNames } from '#lib/domain/accounts/account-validation.ts'
import type { Client, Session } from '#lib/domain/accounts/session.ts'
import type { Role } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { NotifyAccountChange } from '../notifications/notify-account-change.ts'
import type { PasswordSignIn } from './password-sign-in.ts'
import type { ManageSessions } from './sessions.ts'

const unknown: Client = { ip: null, device: null }

/** A link by which somebody who forgot the password chooses another, and is signed in. */
export const choosePassword = (
  { store, clock, random, passwords }: Deps,
  { make }: Pick<ManageSessions, 'make'>,
  { refuseWhenOff }: PasswordSignIn,
  notify: NotifyAccountChange,
) => {
  const find = (token: string) => store.accounts.findLink(random.hash(token), 'password', clock.now())

  const deadLinkReason = async (token: string): Promise<FailureCode> => {
    const spent = await store.accounts.findSpent(random.hash(token), 'password', clock.now())
    return spent ? `link_${spent}` : 'link_dead'
  }

  return {
    /** Whom a live link is for; changes nothing. */
    read: async (token: string) => (await find(token))?.user ?? null,

    /** Why a link is not live: `link_used`, `link_expired`, or `link_dead` when it was replaced or never was. */
    deadLinkReason,

    /**
     * Sets the password, ends the user's other sessions and links, and signs in.
     *
     * @param typed checked by its form
     * @throws Failure `password_sign_in_off`, `link_dead`, `link_used`, `link_expired`, `password_weak`
     */
    enter: async (
      { token, password }: { token: string; password: string },
      from: Client = unknown,
    ): Promise<Session & { role: Role }> => {
      await refuseWhenOff()
      const user = (await find(token))?.user
      if (!user) throw new Failure(await deadLinkReason(token))
      if (await passwords.isGuessable(password, guessableNames(user))) throw new Failure('password_weak')
      const passwordHash = await passwords.hash(password)
      const now = clock.now()
      const { session, stored } = make(user.id, 'password', from, now)
      const by = { at: now, tenantId: user.tenantId, actor: actorOf({ id: user.id, ip: from.ip }) }
      const used = await store.accounts.useLink(
        { tokenHash: random.hash(token), userId: user.id, passwordHash, session: stored, now },
        [journalEntry({ ...by, event: 'password.changed' }), journalEntry({ ...by, event: 'session.opened' })],
      )
      if (!used) throw new Failure(await deadLinkReason(token))
      await notify(user, { kind: 'password_changed' })
      return { ...session, role: user.role }
    },
  }
}
