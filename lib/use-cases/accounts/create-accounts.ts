import { checkEmail, checkName, checkPassword, normalizeName } from '#lib/domain/accounts/account-validation.ts'
import { checkRef, type TenantId } from '#lib/domain/accounts/tenant.ts'
import { foldEmail, type Role, tenantOf } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { type Actor, type JournalEntry, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { IssueLinks } from './issue-link.ts'

const stopAt = ([first]: FailureCode[]) => {
  if (first) throw new Failure(first)
}

export interface NewAccount {
  email: string
  role: Role
  tenantId: TenantId | null
  /** Null invites: the person chooses it through a one-time link. */
  password: string | null
  /** Without one, what stands before the @ of the address. */
  name?: string
}

export const createAccounts = ({ store, clock, random, passwords }: Deps, { make }: Pick<IssueLinks, 'make'>) => {
  /** Somebody who was invited and never came gets a newer link. */
  const inviteAgain = async ({ role, tenantId }: NewAccount, email: string, entry: JournalEntry) => {
    const known = await store.accounts.findSignIn(email)
    const sameTenant = known && tenantOf(known.user) === tenantId
    if (!known || known.passwordHash || known.disabled || known.user.role !== role || !sameTenant)
      throw new Failure('email_taken')
    const { token, link } = make('invitation', known.user.id, entry.at)
    await store.accounts.addLink(link, { ...entry, detail: { userId: known.user.id, role } })
    return { userId: known.user.id, token }
  }

  return {
    /** @returns null when the reference, or a given id, is taken. @throws Failure `name_missing`, `ref_malformed` */
    addTenant: async (
      typed: { name: string; ref: string | null; id?: TenantId },
      actor: Actor,
    ): Promise<TenantId | null> => {
      const at = clock.now()
      const tenant = {
        id: typed.id ?? (random.uuid() as TenantId),
        name: normalizeName(typed.name),
        ref: typed.ref?.trim() || null,
      }
      stopAt([...checkName(tenant.name), ...checkRef(tenant.ref ?? '')])
      const entry = journalEntry({ at, tenantId: tenant.id, actor, event: 'tenant.created' })
      const added = await store.accounts.addTenant(tenant, entry)
      return added ? tenant.id : null
    },

    /**
     * Adds a user, with a password or with the token of the link that invites them.
     *
     * @throws Failure `email_malformed`, `name_missing`, `email_taken`, `password_too_short`, `password_too_long`
     */
    addUser: async (account: NewAccount, actor: Actor): Promise<{ userId: string; token: string | null }> => {
      const { role, tenantId, password } = account
      const email = foldEmail(account.email)
      const name = normalizeName(account.name ?? email.slice(0, email.indexOf('@')))
      stopAt([...checkEmail(email), ...checkName(name), ...(password === null ? [] : checkPassword(password))])
      const at = clock.now()
      const id = random.uuid()
      const passwordHash = password === null ? null : await passwords.hash(password)
      const user = { id, tenantId, role, email, name, locale: 'fr', passwordHash } as const
      const invited = password === null ? make('invitation', id, at) : null
      const event = invited ? 'user.invited' : 'user.created'
      const entry = journalEntry({ at, tenantId, actor, event, detail: { userId: id, role } })
      const added = await store.accounts.addUser(user, entry, invited?.link)
      if (added) return { userId: id, token: invited?.token ?? null }
      if (!invited) throw new Failure('email_taken')
      return inviteAgain(account, email, entry)
    },

    /**
     * Ends a user's access, whoever they are: the operator's answer to a stolen account.
     *
     * @returns false when no active user has this address
     */
    disableUser: async (typed: string, actor: Actor): Promise<boolean> => {
      const email = foldEmail(typed)
      const known = await store.accounts.findSignIn(email)
      if (!known) return false
      const { user } = known
      const detail = { userId: user.id, role: user.role }
      return store.accounts.disableUser(
        email,
        journalEntry({ at: clock.now(), tenantId: tenantOf(user), actor, event: 'user.deactivated', detail }),
      )
    },
  }
}

export type CreateAccounts = ReturnType<typeof createAccounts>
