import { networkOf } from '#lib/domain/accounts/ip-network.ts'
import { isSameIdentity, type OidcIdentity } from '#lib/domain/accounts/oidc-identity.ts'
import type { Client, Session } from '#lib/domain/accounts/session.ts'
import { foldEmail, tenantOf, type User } from '#lib/domain/accounts/user.ts'
import { minuteMs } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { OidcUser } from '#lib/ports/accounts.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { LimitRate } from './rate-limit.ts'
import type { ManageSessions } from './sessions.ts'

/** No password is tried here; but each request asks the provider, and each refusal writes an entry. */
export const oidcLimits = {
  identity: { limit: 10, windowMs: 15 * minuteMs },
  address: { limit: 300, windowMs: 60 * minuteMs },
  /** Beyond this, answers are delayed. */
  everyone: { limit: 1000, windowMs: 15 * minuteMs },
}

/** Another browser of the same person may bind at the same moment: then it is looked at again. */
const looks = 3

const refusalOf = (found: OidcUser | null, identity: OidcIdentity): FailureCode | null => {
  if (identity.verifiedEmail === null) return 'oidc_email_unverified'
  if (!found) return 'oidc_user_unknown'
  if (found.disabled) return 'oidc_user_disabled'
  return found.binding === null || isSameIdentity(found.binding, identity) ? null : 'oidc_other_identity'
}

/** Signing in as the company's OpenID provider says who somebody is; it creates nobody. */
export const signInWithOidc = (
  { store, clock, random }: Deps,
  { take, slowDown }: LimitRate,
  { make }: Pick<ManageSessions, 'make'>,
) => {
  const open = async ({ user, binding }: OidcUser, identity: OidcIdentity, forgiven: string[], from: Client) => {
    const now = clock.now()
    const { session, stored } = make(user.id, 'oidc', from, now)
    const binds = binding === null
    const opened = await store.accounts.openOidcSession(
      stored,
      { identity, binds, forgiven, now },
      journalEntry({
        at: now,
        tenantId: tenantOf(user),
        actor: actorOf({ id: user.id, ip: from.ip }),
        event: 'session.opened',
        detail: { by: 'oidc', ...(binds && { identityBound: true }) },
      }),
    )
    return opened ? { ...session, user } : null
  }

  const refuse = async (code: FailureCode, found: OidcUser | null, ip: string | null): Promise<never> => {
    const entry = journalEntry({
      at: clock.now(),
      tenantId: found && tenantOf(found.user),
      actor: { kind: 'visitor', ip },
      event: 'session.refused',
      outcome: code,
      detail: { by: 'oidc', ...(found && { userId: found.user.id }) },
    })
    await store.journal.append(entry)
    throw new Failure(code)
  }

  return {
    /**
     * Lets a request through that will ask the provider.
     *
     * @param from the client's address where it can be trusted, else null
     * @throws Failure `too_many_attempts` with `retryAfterS`
     */
    allow: async (ip: string | null): Promise<void> => {
      if (ip) await take([{ name: `oidc:address:${random.hash(networkOf(ip))}`, ...oidcLimits.address }])
      await slowDown({ name: 'oidc:everyone', ...oidcLimits.everyone })
    },

    /**
     * Opens a session for the user bound to this identity, else for the active user of its verified address, who is
     * bound to it from then on.
     *
     * @throws Failure `too_many_attempts` with `retryAfterS`, `oidc_email_unverified`, `oidc_user_unknown`,
     * `oidc_user_disabled`, `oidc_other_identity`
     */
    begin: async (identity: OidcIdentity, from: Client): Promise<Session & { user: User }> => {
      const who = random.hash(JSON.stringify([identity.issuer, identity.subject]))
      const forgiven = await take([{ name: `oidc:identity:${who}`, ...oidcLimits.identity }])
      for (let look = 0; look < looks; look += 1) {
        const found = await store.accounts.findOidcUser(identity)
        const code = refusalOf(found, identity)
        if (code || !found) return refuse(code ?? 'oidc_user_unknown', found, from.ip)
        const session = await open(found, identity, forgiven, from)
        if (session) return session
      }
      throw new Failure('unexpected')
    },

    /**
     * Lets somebody be bound to another identity of the same address, as after a change of provider. Sessions that the
     * former one opened end.
     *
     * @returns false when nobody of this address is bound
     */
    unbind: async (typed: string): Promise<boolean> => {
      const email = foldEmail(typed)
      const known = await store.accounts.findSignIn(email)
      if (!known) return false
      const by = { at: clock.now(), tenantId: tenantOf(known.user), actor: { kind: 'operator' } } as const
      const detail = { userId: known.user.id }
      return store.accounts.unbindOidc(email, journalEntry({ ...by, event: 'user.unbound', detail }))
    },
  }
}
