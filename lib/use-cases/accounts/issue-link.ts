import {
  type LinkDelivery,
  linkLifeMs,
  linkOf,
  linkUrl,
  type NewLink,
  type PersonalLink,
} from '#lib/domain/accounts/one-time-link.ts'
import type { Locale } from '#lib/domain/accounts/user.ts'
import { dayMs, minuteMs } from '#lib/domain/duration.ts'
import type { Mail } from '#lib/domain/notifications/mail.ts'
import type { Deps } from '#lib/ports/deps.ts'

interface Recipient {
  email: string
  locale: Locale
  /** Null for support staff. */
  tenantName: string | null
}

/** One-time links: kept as hashes, never queued, in clear only on their way to whoever they are for. */
export const issueLinks = ({ mailer, renderMail, publicUrl, random }: Deps) => {
  const mailOf = (kind: PersonalLink, link: string, tenantName: string | null): Mail =>
    kind === 'invitation'
      ? { kind, link, tenantName, days: linkLifeMs[kind] / dayMs }
      : { kind, link, minutes: linkLifeMs[kind] / minuteMs }

  return {
    make: (kind: PersonalLink, userId: string, now: Date): { token: string; link: NewLink } => {
      const token = random.secret()
      return { token, link: linkOf(kind, random.hash(token), userId, now) }
    },

    /** @throws Failure `mail_failed` */
    deliver: async (kind: PersonalLink, token: string, to: Recipient): Promise<LinkDelivery> => {
      const link = linkUrl(publicUrl, kind, token)
      if (!mailer.configured) return { kind: 'shown', link }
      await mailer.send({ to: to.email, ...renderMail(mailOf(kind, link, to.tenantName), to.locale) })
      return { kind: 'mailed' }
    },
  }
}

export type IssueLinks = ReturnType<typeof issueLinks>
