import { guessableNames, normalizeName } from '#lib/domain/accounts/account-validation.ts'
import type { PersonalLink } from '#lib/domain/accounts/one-time-link.ts'
import type { Client, Session } from '#lib/domain/accounts/session.ts'
import type { Role } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { actorOf, type JournalEvent, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { TellOfChange } from '../notifications/tell-of-change.ts'
import type { PasswordSignIn } from './password-sign-in.ts'
import type { ManageSessions } from './sessions.ts'

/** As its form has checked it. */
export interface LinkRedemption {
  token: string
  /** Null leaves it as it is. */
  name: string | null
  password: string
  /** Where the request came from, where it is known. */
  from?: Client
}

const unknown: Client = { ip: null, device: null }

const eventTypes: Record<PersonalLink, JournalEvent> = { invitation: 'user.activated', password: 'password.changed' }

/** A link that lets its user in: they choose a password, and are signed in. */
export const redeemLink = (
  { store, clock, random, passwords }: Deps,
  { make }: Pick<ManageSessions, 'make'>,
  { refuseWhenOff }: PasswordSignIn,
  kind: PersonalLink,
  tell: TellOfChange,
) => {
  const find = (token: string) => store.accounts.findLink(random.hash(token), kind, clock.now())

  const deadLinkReason = async (token: string): Promise<FailureCode> => {
    const spent = await store.accounts.findSpent(random.hash(token), kind, clock.now())
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
     * @throws Failure `password_sign_in_off`, `link_dead`, `link_used`, `link_expired`, `password_weak`
     */
    enter: async (input: LinkRedemption): Promise<Session & { role: Role }> => {
      await refuseWhenOff()
      const { token, password, from = unknown } = input
      const user = (await find(token))?.user
      if (!user) throw new Failure(await deadLinkReason(token))
      const name = input.name === null ? user.name : normalizeName(input.name)
      if (await passwords.isGuessable(password, guessableNames({ ...user, name }))) throw new Failure('password_weak')
      const passwordHash = await passwords.hash(password)
      const now = clock.now()
      const { session, stored } = make(user.id, 'password', from, now)
      const by = { at: now, tenantId: user.tenantId, actor: actorOf({ id: user.id, ip: from.ip }) }
      const used = await store.accounts.useLink(
        { tokenHash: random.hash(token), kind, userId: user.id, passwordHash, name, session: stored, now },
        [journalEntry({ ...by, event: eventTypes[kind] }), journalEntry({ ...by, event: 'session.opened' })],
      )
      if (!used) throw new Failure(await deadLinkReason(token))
      if (kind === 'password') await tell(user, { kind: 'password_changed' })
      return { ...session, role: user.role }
    },

    /**
     * Confirms the name, where only the company lets people in: no password is set, and no session opened.
     *
     * @throws Failure `link_dead`, `link_used`, `link_expired`
     */
    confirmName: async (token: string, typed: string, ip: string | null): Promise<void> => {
      const user = (await find(token))?.user
      if (!user) throw new Failure(await deadLinkReason(token))
      const now = clock.now()
      const used = await store.accounts.useLink(
        {
          ...{ tokenHash: random.hash(token), kind, userId: user.id, now },
          ...{ name: normalizeName(typed), passwordHash: null, session: null },
        },
        [
          journalEntry({
            at: now,
            tenantId: user.tenantId,
            actor: actorOf({ id: user.id, ip }),
            event: eventTypes[kind],
          }),
        ],
      )
      if (!used) throw new Failure(await deadLinkReason(token))
    },
  }
}
