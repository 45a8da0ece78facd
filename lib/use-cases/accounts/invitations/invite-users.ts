import { normalizeName } from '#lib/domain/accounts/account-validation.ts'
import type { ListedUser } from '#lib/domain/accounts/listed-user.ts'
import type { LinkDelivery } from '#lib/domain/accounts/one-time-link.ts'
import { type Admin, foldEmail, type Role, type SupportUser, tenantOf } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { LimitMails } from '../../notifications/limit-mails.ts'
import type { IssueInvitations } from './issue-invitation.ts'

/** As its form has checked it. */
export interface Guest {
  email: string
  name: string
  role: Role
}

type Inviter = Admin | SupportUser

/** An admin lets colleagues in, and support its own people. */
export const inviteUsers = (
  { store, clock, mailer }: Deps,
  { make, makeToken, deliver, shown }: IssueInvitations,
  takeMail: LimitMails,
) => {
  const tenantNameOf = (inviter: Inviter) => (inviter.role === 'support' ? null : inviter.tenantName)

  const takeMailTo = (recipient: string, user: Inviter) =>
    mailer.configured ? takeMail({ recipient, by: { user, tenantId: tenantOf(user) } }) : async () => {}

  const entryOf = (by: Inviter, event: JournalEvent, { id: userId, role }: Pick<ListedUser, 'id' | 'role'>) =>
    journalEntry({
      ...{ at: clock.now(), tenantId: tenantOf(by), actor: actorOf(by), event },
      detail: { userId, role, ...(event === 'user.invited' && shown) },
    })

  return {
    /**
     * Invites somebody, in the language of who invites. The answer is the same whoever has the address elsewhere: who has
     * an account reads so after following the link.
     *
     * @throws Failure `mails_throttled` with `retryAfterS`, `user_known`, `invitation_unsent`
     */
    invite: async (by: Inviter, { role, ...typed }: Guest): Promise<LinkDelivery> => {
      const tenantId = tenantOf(by)
      const email = foldEmail(typed.email)
      const giveBackMail = await takeMailTo(email, by)
      const whom = { tenantId, role, email, name: normalizeName(typed.name), locale: by.locale, invitedBy: by.id }
      const { token, invitation } = make(whom, clock.now())
      const known = await store.accounts.findSignIn(email)
      const isColleague = known !== null && tenantOf(known.user) === tenantId
      const stored =
        !isColleague &&
        (await store.invitations.add(invitation, { replaces: false }, entryOf(by, 'user.invited', invitation)))
      if (!stored) {
        await giveBackMail()
        throw new Failure('user_known')
      }
      return deliver(token, invitation, tenantNameOf(by), 'invitation_unsent')
    },

    /**
     * A newer link for somebody who was invited and has not come yet; the older one is dead then.
     *
     * @throws Failure `mails_throttled` with `retryAfterS`, `user_changed`, `invitation_unsent`
     */
    again: async (by: Inviter, user: ListedUser): Promise<LinkDelivery> => {
      const tenantId = tenantOf(by)
      const giveBackMail = await takeMailTo(user.email, by)
      const { token, ...fresh } = makeToken(clock.now())
      if (!(await store.invitations.renew({ tenantId, id: user.id }, fresh, entryOf(by, 'user.invited', user)))) {
        await giveBackMail()
        throw new Failure('user_changed')
      }
      return deliver(token, { ...user, tenantId }, tenantNameOf(by), 'invitation_unsent')
    },

    /** Its link is dead then. @throws Failure `user_changed` for one that was accepted, or revoked already */
    revoke: async (by: Inviter, user: ListedUser): Promise<void> => {
      const entry = entryOf(by, 'user.uninvited', user)
      if (!(await store.invitations.revoke({ tenantId: tenantOf(by), id: user.id }, entry)))
        throw new Failure('user_changed')
    },
  }
}
