import { guessableNames, normalizeName } from '#lib/domain/accounts/account-validation.ts'
import type { Invitee } from '#lib/domain/accounts/invitation.ts'
import type { Client, Session, StoredSession } from '#lib/domain/accounts/session.ts'
import type { Role } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { actorOf, type JournalEntry, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { PasswordSignIn } from '../password-sign-in.ts'
import type { ManageSessions } from '../sessions.ts'

/** As its form has checked it. */
export interface Acceptance {
  token: string
  /** Null leaves the one they were invited by. */
  name: string | null
  password: string
  /** Where the request came from, where it is known. */
  from?: Client
}

const unknown: Client = { ip: null, device: null }

/** Whoever was invited comes in: their user is made by this. */
export const acceptInvitation = (
  { store, clock, random, passwords }: Deps,
  { make }: Pick<ManageSessions, 'make'>,
  { refuseWhenOff }: PasswordSignIn,
) => {
  const read = (token: string): Promise<Invitee | null> => store.invitations.find(random.hash(token), clock.now())

  const deadLinkReason = async (token: string): Promise<FailureCode> => {
    const spent = await store.invitations.findSpent(random.hash(token), clock.now())
    return spent ? `link_${spent}` : 'link_dead'
  }

  const open = async (token: string): Promise<Invitee> => {
    const invitee = await read(token)
    if (!invitee) throw new Failure(await deadLinkReason(token))
    if (invitee.hasAccount) throw new Failure('account_exists')
    return invitee
  }

  const accept = async (
    token: string,
    { id, tenantId, role, email, locale }: Invitee,
    chosen: { name: string; passwordHash: string | null; session: StoredSession | null },
    by: Pick<JournalEntry, 'at' | 'tenantId' | 'actor'>,
  ) => {
    const { name, passwordHash, session } = chosen
    const user = { id, tenantId, role, email, name, locale, passwordHash }
    const accepted = await store.invitations.accept({ tokenHash: random.hash(token), user, session, now: by.at }, [
      journalEntry({ ...by, event: 'user.activated' }),
      ...(session ? [journalEntry({ ...by, event: 'session.opened' })] : []),
    ])
    if (!accepted) throw new Failure((await read(token))?.hasAccount ? 'account_exists' : await deadLinkReason(token))
  }

  return {
    /** Whom a live invitation is for; changes nothing. */
    read,

    /** Why an invitation is not live: `link_used`, `link_expired`, or `link_dead` when it was replaced, revoked or never was. */
    deadLinkReason,

    /**
     * Makes the user, with name and password, and signs in.
     *
     * @throws Failure `password_sign_in_off`, `link_dead`, `link_used`, `link_expired`, `account_exists`, `password_weak`
     */
    enter: async ({ token, password, from = unknown, ...typed }: Acceptance): Promise<Session & { role: Role }> => {
      await refuseWhenOff()
      const invitee = await open(token)
      const name = typed.name === null ? invitee.name : normalizeName(typed.name)
      if (await passwords.isGuessable(password, guessableNames({ ...invitee, name })))
        throw new Failure('password_weak')
      const passwordHash = await passwords.hash(password)
      const at = clock.now()
      const { session, stored } = make(invitee.id, 'password', from, at)
      const actor = actorOf({ id: invitee.id, ip: from.ip })
      await accept(token, invitee, { name, passwordHash, session: stored }, { at, tenantId: invitee.tenantId, actor })
      return { ...session, role: invitee.role }
    },

    /**
     * Makes the user where only the company lets people in: no password is set, and no session opened.
     *
     * @throws Failure `link_dead`, `link_used`, `link_expired`, `account_exists`
     */
    confirmName: async (token: string, typed: string, ip: string | null): Promise<void> => {
      const invitee = await open(token)
      const chosen = { name: normalizeName(typed), passwordHash: null, session: null }
      const actor = actorOf({ id: invitee.id, ip })
      await accept(token, invitee, chosen, { at: clock.now(), tenantId: invitee.tenantId, actor })
    },
  }
}
