import { invitationLifeMs } from '#lib/domain/accounts/invitation.ts'
import { linkLifeMs, linkOf, linkUrl, type NewLink } from '#lib/domain/accounts/one-time-link.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Locale } from '#lib/domain/accounts/user.ts'
import { dayMs, minuteMs } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Mail } from '#lib/domain/notifications/mail.ts'
import type { Deps } from '#lib/ports/deps.ts'

interface Recipient {
  userId: string
  tenantId: TenantId | null
  email: string
  locale: Locale
  /** Null for support staff. */
  tenantName: string | null
}

/** One-time links: kept as hashes, never queued, in clear only on their way to whoever they are for. */
export const issueLinks = ({ store, mailer, renderMail, publicUrl, clock, random }: Deps) => {
  const mailOf = (kind: 'invitation' | 'password', link: string, tenantName: string | null): Mail =>
    kind === 'invitation'
      ? { kind, link, tenantName, days: invitationLifeMs / dayMs }
      : { kind, link, minutes: linkLifeMs[kind] / minuteMs }

  return {
    /** For a new password. */
    make: (userId: string, now: Date): { token: string; link: NewLink } => {
      const token = random.secret()
      return { token, link: linkOf('password', random.hash(token), userId, now) }
    },

    /** @throws Failure `mail_missing`; `mail_failed`, which is journaled: whoever asked for the link was before */
    send: async (kind: 'invitation' | 'password', token: string, to: Recipient): Promise<void> => {
      if (!mailer.configured) throw new Failure('mail_missing')
      const mail = mailOf(kind, linkUrl(publicUrl, kind, token), to.tenantName)
      try {
        await mailer.send({ to: to.email, ...renderMail(mail, to) })
      } catch (error) {
        if (error instanceof Failure && error.code === 'mail_failed') {
          const { userId, tenantId } = to
          const by = { at: clock.now(), tenantId, actor: { kind: 'system' } } as const
          const detail = { userId, kind, error: String(error.evidence.errorCode ?? '') || null }
          await store.journal.append(
            journalEntry({ ...by, event: 'delivery.given_up', outcome: 'mail_failed', detail }),
          )
        }
        throw error
      }
    },
  }
}

export type IssueLinks = ReturnType<typeof issueLinks>
