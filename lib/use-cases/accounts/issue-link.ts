import {
  type LinkDelivery,
  linkLifeMs,
  linkOf,
  linkUrl,
  type NewLink,
  type PersonalLink,
} from '#lib/domain/accounts/one-time-link.ts'
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
  const mailOf = (kind: PersonalLink, link: string, tenantName: string | null): Mail =>
    kind === 'invitation'
      ? { kind, link, tenantName, days: linkLifeMs[kind] / dayMs }
      : { kind, link, minutes: linkLifeMs[kind] / minuteMs }

  /** The link was journaled with whoever asked for it, before it was mailed. */
  const journalUnsent = (kind: PersonalLink, { userId, tenantId }: Recipient, { evidence }: Failure) =>
    store.journal.append(
      journalEntry({
        ...{ at: clock.now(), tenantId, actor: { kind: 'system' }, event: 'delivery.given_up', outcome: 'mail_failed' },
        detail: { userId, kind, error: String(evidence.errorCode ?? '') || null },
      }),
    )

  return {
    make: (kind: PersonalLink, userId: string, now: Date): { token: string; link: NewLink } => {
      const token = random.secret()
      return { token, link: linkOf(kind, random.hash(token), userId, now) }
    },

    /** @throws Failure `mail_failed` */
    deliver: async (kind: PersonalLink, token: string, to: Recipient): Promise<LinkDelivery> => {
      const link = linkUrl(publicUrl, kind, token)
      if (!mailer.configured) return { kind: 'shown', link }
      try {
        await mailer.send({ to: to.email, ...renderMail(mailOf(kind, link, to.tenantName), to.locale) })
      } catch (error) {
        if (error instanceof Failure && error.code === 'mail_failed') await journalUnsent(kind, to, error)
        throw error
      }
      return { kind: 'mailed' }
    },
  }
}

export type IssueLinks = ReturnType<typeof issueLinks>
