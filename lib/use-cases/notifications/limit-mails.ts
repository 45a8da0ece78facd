import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { mailLimits } from '#lib/domain/notifications/mail-limits.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { LimitRate } from '../accounts/rate-limit.ts'

export interface TriggeredMail {
  /** A folded address; null where the mail goes to several who are asked at most once an hour anyway. */
  recipient: string | null
  /** Who triggers it, and for which tenant; null for a visitor, whose requests are counted apart. */
  by: { userId: string; tenantId: TenantId | null } | null
}

export const limitMails = (
  { mailer, random, store }: Pick<Deps, 'mailer' | 'random' | 'store'>,
  { take }: Pick<LimitRate, 'take'>,
) => {
  const bucketsOf = ({ recipient, by }: TriggeredMail) => [
    ...(recipient ? [{ name: `mail:recipient:${random.hash(recipient)}`, ...mailLimits.recipient }] : []),
    ...(by
      ? [
          { name: `mail:sender:${by.userId}`, ...mailLimits.sender },
          ...(by.tenantId ? [{ name: `mail:tenant:${by.tenantId}`, ...mailLimits.tenant }] : []),
        ]
      : []),
  ]

  /**
   * Counts a mail that is about to be sent; without a mail server nothing is.
   *
   * @returns gives it back, when it comes to no mail
   * @throws Failure `mails_throttled` with `retryAfterS`
   */
  const takeMail = async (mail: TriggeredMail): Promise<() => Promise<void>> => {
    const taken = mailer.configured ? await take(bucketsOf(mail), 'mails_throttled') : []
    return () => store.rateLimit.giveBack(taken)
  }
  return takeMail
}

export type LimitMails = ReturnType<typeof limitMails>
