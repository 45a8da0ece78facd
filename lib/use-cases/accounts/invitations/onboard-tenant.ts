import { normalizeName } from '#lib/domain/accounts/account-validation.ts'
import type { LinkDelivery } from '#lib/domain/accounts/one-time-link.ts'
import type { Tenant, TenantId } from '#lib/domain/accounts/tenant.ts'
import { foldEmail, type Locale, type SupportUser } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { LimitMails } from '../../notifications/limit-mails.ts'
import type { CreateAccounts } from '../create-accounts.ts'
import type { IssueInvitations } from './issue-invitation.ts'

/** Support begins with a new customer. */
export const onboardTenant = (
  { store, clock, mailer }: Deps,
  { make, deliver, shown }: IssueInvitations,
  { addTenant }: Pick<CreateAccounts, 'addTenant'>,
  takeMail: LimitMails,
) => ({
  /**
   * Adds a tenant once, however often its form is sent.
   *
   * @param typed checked by its form, with which its id was made
   * @throws Failure `ref_taken`
   */
  add: async (support: SupportUser, typed: { id: TenantId; name: string; ref: string }): Promise<TenantId> => {
    const name = normalizeName(typed.name)
    const ref = typed.ref.trim() || null
    const tenantId = await addTenant({ id: typed.id, name, ref }, actorOf(support))
    if (tenantId !== null) return tenantId
    const known = await store.accounts.findTenant(typed.id)
    if (known && known.name === name && known.ref === ref) return known.id
    const another = await addTenant({ name, ref }, actorOf(support))
    if (another === null) throw new Failure('ref_taken')
    return another
  },

  /**
   * Mails the first admin an invitation, in place of every older one. Where nothing can be mailed, support is shown its
   * link instead, once, and the journal says so.
   *
   * @param typed checked by its form
   * @throws Failure `mails_throttled` with `retryAfterS`, `had_admin`, `first_admin_unsent`
   */
  inviteFirstAdmin: async (
    support: SupportUser,
    { id: tenantId, name: tenantName }: Tenant,
    typed: { email: string; name: string; locale: Locale },
  ): Promise<LinkDelivery> => {
    const email = foldEmail(typed.email)
    const giveBackMail = mailer.configured
      ? await takeMail({ recipient: email, by: { user: support, tenantId } })
      : null
    const at = clock.now()
    const role = 'admin'
    const whom = { role, email, name: normalizeName(typed.name), locale: typed.locale, invitedBy: support.id } as const
    const { token, invitation } = make({ ...whom, tenantId }, at)
    const detail = { userId: invitation.id, role, ...shown }
    const entry = journalEntry({ at, tenantId, actor: actorOf(support), event: 'user.invited', detail })
    if (!(await store.invitations.addFirstAdmin({ ...invitation, tenantId }, entry))) {
      await giveBackMail?.()
      throw new Failure('had_admin')
    }
    return deliver(token, invitation, tenantName, 'first_admin_unsent')
  },
})
