import { normalizeName } from '#lib/domain/accounts/account-validation.ts'
import type { ListedUser } from '#lib/domain/accounts/listed-user.ts'
import type { LinkDelivery } from '#lib/domain/accounts/one-time-link.ts'
import { type Admin, foldEmail, type TenantRole, tenantOf } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { LimitMails } from '../notifications/limit-mails.ts'
import type { IssueLinks } from './issue-link.ts'

/** As its form has checked it. */
export interface Invitee {
  email: string
  name: string
  role: TenantRole
}

/** An admin lets colleagues in. */
export const inviteUsers = ({ store, clock, random }: Deps, { make, deliver }: IssueLinks, takeMail: LimitMails) => {
  /** The invitation is kept whatever becomes of its mail: it can be sent again. */
  const sendInvitation = async (
    token: string,
    { id: userId, email, locale }: Pick<ListedUser, 'id' | 'email' | 'locale'>,
    { tenantId, tenantName }: Admin,
  ) => {
    try {
      return await deliver('invitation', token, { userId, tenantId, email, locale, tenantName })
    } catch (error) {
      if (error instanceof Failure && error.code === 'mail_failed')
        throw new Failure('invitation_unsent', error.evidence, { cause: error })
      throw error
    }
  }

  return {
    /**
     * Adds a user who was invited, in the language of who invites.
     *
     * @throws Failure `mails_throttled` with `retryAfterS`, `user_known`, `email_elsewhere`, `invitation_unsent`
     */
    invite: async (admin: Admin, invitee: Invitee): Promise<LinkDelivery> => {
      const email = foldEmail(invitee.email)
      const name = normalizeName(invitee.name)
      const at = clock.now()
      const { tenantId, locale } = admin
      const giveBackMail = await takeMail({ recipient: email, by: { user: admin, tenantId } })
      const user = { id: random.uuid(), tenantId, role: invitee.role, email, name, locale, passwordHash: null }
      const { token, link } = make('invitation', user.id, at)
      const by = { at, tenantId, actor: actorOf(admin) }
      const entry = journalEntry({ ...by, event: 'user.invited', detail: { userId: user.id, role: invitee.role } })
      if (!(await store.accounts.addUser(user, entry, link))) {
        await giveBackMail()
        const known = await store.accounts.findSignIn(email)
        throw new Failure(known && tenantOf(known.user) === tenantId ? 'user_known' : 'email_elsewhere')
      }
      return sendInvitation(token, user, admin)
    },

    /**
     * A newer link for somebody who was invited and has not come yet; the older one is dead then.
     *
     * @throws Failure `mails_throttled` with `retryAfterS`, `user_changed`, `invitation_unsent`
     */
    again: async (admin: Admin, user: ListedUser): Promise<LinkDelivery> => {
      const at = clock.now()
      const { token, link } = make('invitation', user.id, at)
      const { tenantId } = admin
      const { id: userId, role, email } = user
      const giveBackMail = await takeMail({ recipient: email, by: { user: admin, tenantId } })
      const by = { at, tenantId, actor: actorOf(admin) }
      const entry = journalEntry({ ...by, event: 'user.invited', detail: { userId, role } })
      const replacedLink = await store.tenantUsers.replaceLink(
        { tenantId, userId, by: admin.id, state: 'invited', link },
        entry,
      )
      if (!replacedLink) {
        await giveBackMail()
        throw new Failure('user_changed')
      }
      return sendInvitation(token, user, admin)
    },
  }
}
