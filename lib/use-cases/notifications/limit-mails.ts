import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import { actorOf } from '#lib/domain/journal/journal-entry.ts'
import { mailLimits } from '#lib/domain/notifications/mail-limits.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { LimitRate } from '../accounts/rate-limit.ts'
import type { RecordRefusal } from '../journal/record-refusal.ts'

export interface TriggeredMail {
  /** A folded address; null where the mail goes to several who are asked at most once an hour anyway. */
  recipient: string | null
  /** Who triggers it, and for which tenant; null for a visitor, whose requests are counted apart. */
  by: {
    user: Pick<User, 'id' | 'ip'>
    tenantId: TenantId | null
    /** One of a request to many tenants, which counts one a tenant and day, and none of the sender's. */
    many?: true
  } | null
}

export const limitMails = (
  { mailer, random, store }: Pick<Deps, 'mailer' | 'random' | 'store'>,
  { take }: Pick<LimitRate, 'take'>,
  refusals: Pick<RecordRefusal, 'request'>,
) => {
  const bucketsOf = ({ recipient, by }: TriggeredMail) => [
    ...(recipient ? [{ name: `mail:recipient:${random.hash(recipient)}`, ...mailLimits.recipient }] : []),
    ...(by
      ? [
          by.many
            ? { name: `mail:many:${by.tenantId}`, ...mailLimits.many }
            : { name: `mail:sender:${by.user.id}`, ...mailLimits.sender },
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
    if (!mailer.configured) return async () => {}
    const code = 'mails_throttled'
    const taken = await take(bucketsOf(mail), code).catch(async (error: unknown) => {
      const { by } = mail
      if (by) await refusals.request({ code, actor: actorOf(by.user), tenantId: by.tenantId })
      throw error
    })
    return () => store.rateLimit.giveBack(taken)
  }
  return takeMail
}

export type LimitMails = ReturnType<typeof limitMails>
