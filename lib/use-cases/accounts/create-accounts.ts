import { checkEmail, checkName, checkPassword, normalizeName } from '#lib/domain/accounts/account-validation.ts'
import { checkRef, type TenantId } from '#lib/domain/accounts/tenant.ts'
import { foldEmail, type Role, tenantOf } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { type Actor, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { IssueInvitations } from './invitations/issue-invitation.ts'

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

export const createAccounts = ({ store, clock, random, passwords }: Deps, { make }: Pick<IssueInvitations, 'make'>) => {
  /** In place of an older invitation, if any: the older link is dead then. */
  const invite = async ({ role, tenantId }: NewAccount, email: string, name: string, actor: Actor) => {
    if (await store.accounts.findSignIn(email)) throw new Failure('email_taken')
    const at = clock.now()
    const { token, invitation } = make({ tenantId, role, email, name, locale: 'fr', invitedBy: null }, at)
    const detail = { userId: invitation.id, role }
    const entry = journalEntry({ at, tenantId, actor, event: 'user.invited', detail })
    await store.invitations.add(invitation, { replaces: true }, entry)
    return { userId: invitation.id, token }
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
     * Adds a user with a password; without, an invitation, whose token it returns.
     *
     * @throws Failure `email_malformed`, `name_missing`, `email_taken`, `password_too_short`, `password_too_long`
     */
    addUser: async (account: NewAccount, actor: Actor): Promise<{ userId: string; token: string | null }> => {
      const { role, tenantId, password } = account
      const email = foldEmail(account.email)
      const name = normalizeName(account.name ?? email.slice(0, email.indexOf('@')))
      stopAt([...checkEmail(email), ...checkName(name), ...(password === null ? [] : checkPassword(password))])
      if (password === null) return invite(account, email, name, actor)
      const at = clock.now()
      const id = random.uuid()
      const user = {
        id,
        tenantId,
        role,
        email,
        name,
        locale: 'fr',
        passwordHash: await passwords.hash(password),
      } as const
      const entry = journalEntry({ at, tenantId, actor, event: 'user.created', detail: { userId: id, role } })
      if (!(await store.accounts.addUser(user, entry))) throw new Failure('email_taken')
      return { userId: id, token: null }
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
