import { invitationLifeMs, type NewInvitation } from '#lib/domain/accounts/invitation.ts'
import { type LinkDelivery, linkUrl } from '#lib/domain/accounts/one-time-link.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { IssueLinks } from '../issue-link.ts'

/** The links of invitations: kept as hashes. */
export const issueInvitations = ({ mailer, publicUrl, random }: Deps, { send }: Pick<IssueLinks, 'send'>) => {
  /** A token, and what is kept of it. */
  const makeToken = (now: Date) => {
    const token = random.secret()
    return { token, tokenHash: random.hash(token), expiresAt: new Date(now.getTime() + invitationLifeMs) }
  }

  return {
    makeToken,

    make: (
      whom: Pick<NewInvitation, 'tenantId' | 'role' | 'email' | 'name' | 'locale' | 'invitedBy'>,
      now: Date,
    ): { token: string; invitation: NewInvitation } => {
      const { token, ...kept } = makeToken(now)
      return { token, invitation: { id: random.uuid(), ...whom, ...kept, createdAt: now } }
    },

    /**
     * Mails the link; where nothing can be mailed, it is shown once to whoever invites.
     *
     * @param unsent told when the mail server took it not: the invitation is kept, and its link can be sent again
     */
    deliver: async (
      token: string,
      { id: userId, ...to }: Pick<NewInvitation, 'id' | 'tenantId' | 'email' | 'locale'>,
      tenantName: string | null,
      unsent: FailureCode,
    ): Promise<LinkDelivery> => {
      if (!mailer.configured) return { kind: 'shown', link: linkUrl(publicUrl, 'invitation', token) }
      try {
        await send('invitation', token, { ...to, userId, tenantName })
      } catch (error) {
        if (error instanceof Failure && error.code === 'mail_failed')
          throw new Failure(unsent, error.evidence, { cause: error })
        throw error
      }
      return { kind: 'mailed' }
    },

    /** What the journal tells where the link is shown. */
    shown: mailer.configured ? {} : ({ linkShown: true } as const),
  }
}

export type IssueInvitations = ReturnType<typeof issueInvitations>
