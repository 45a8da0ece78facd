import { networkOf } from '#lib/domain/accounts/ip-network.ts'
import type { ListedUser } from '#lib/domain/accounts/listed-user.ts'
import { type Admin, foldEmail, tenantOf } from '#lib/domain/accounts/user.ts'
import { minuteMs } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { mailLimits } from '#lib/domain/notifications/mail-limits.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { RecordRefusal } from '../journal/record-refusal.ts'
import type { LimitMails } from '../notifications/limit-mails.ts'
import type { IssueLinks } from './issue-link.ts'
import type { LimitRate } from './rate-limit.ts'

/** Links asked for by whoever is not signed in; an address nobody has is limited like any other. */
export const requestLimits = {
  account: mailLimits.recipient,
  ip: mailLimits.sender,
  /** Beyond this, answers are delayed. */
  everyone: { limit: 300, windowMs: 15 * minuteMs },
}

/** A link to choose a new password with. */
export const requestPasswordReset = (
  { store, clock, random, mailer }: Deps,
  { make, send }: IssueLinks,
  { take, slowDown }: LimitRate,
  takeMail: LimitMails,
  refusals: Pick<RecordRefusal, 'request'>,
) => {
  const mailTo = async (email: string, ip: string | null) => {
    const known = await store.accounts.findSignIn(email)
    if (!known?.passwordHash || known.disabled) return
    const { user } = known
    // whoever had three links within the hour holds one that is still good
    await takeMail({ recipient: email, by: null })
    const at = clock.now()
    const { token, link } = make(user.id, at)
    const by = { at, tenantId: tenantOf(user), actor: { kind: 'visitor', ip } } as const
    await store.accounts.addLink(
      link,
      journalEntry({ ...by, event: 'password.requested', detail: { userId: user.id } }),
    )
    const tenantName = user.role === 'support' ? null : user.tenantName
    await send('password', token, { ...user, userId: user.id, tenantId: tenantOf(user), tenantName })
  }

  return {
    /** Whether somebody who forgot the password can be sent a link at all. */
    possible: (): boolean => mailer.configured,

    /**
     * Counts a request, which is all that its answer waits for: neither words nor time tell whether an address is known.
     *
     * @returns the rest, to be run once the answer is on its way
     * @throws Failure `requests_throttled` with `retryAfterS`
     */
    request: async (typed: string, ip: string | null): Promise<() => Promise<void>> => {
      const email = foldEmail(typed)
      const code = 'requests_throttled'
      const buckets = [
        ...(ip ? [{ name: `password:address:${random.hash(networkOf(ip))}`, ...requestLimits.ip }] : []),
        { name: `password:account:${random.hash(email)}`, ...requestLimits.account },
      ]
      await take(buckets, code).catch(async (error: unknown) => {
        await refusals.request({ code, actor: { kind: 'visitor', ip } })
        throw error
      })
      await slowDown({ name: 'password:everyone', ...requestLimits.everyone })
      return () => mailTo(email, ip)
    },

    /**
     * Sends a link to somebody of the admin's tenant; nobody else sees it.
     *
     * @throws Failure `mail_missing`, `mails_throttled` with `retryAfterS`, `user_changed`, `mail_failed`
     */
    offer: async (admin: Admin, user: ListedUser): Promise<void> => {
      if (!mailer.configured) throw new Failure('mail_missing')
      const { tenantId, tenantName } = admin
      const giveBackMail = await takeMail({ recipient: user.email, by: { user: admin, tenantId } })
      const at = clock.now()
      const { token, link } = make(user.id, at)
      const by = { at, tenantId, actor: actorOf(admin) }
      const entry = journalEntry({ ...by, event: 'password.requested', detail: { userId: user.id } })
      const action = { tenantId, userId: user.id, by: admin.id }
      if (!(await store.tenantUsers.replaceLink({ ...action, link }, entry))) {
        await giveBackMail()
        throw new Failure('user_changed')
      }
      await send('password', token, { ...user, userId: user.id, tenantId, tenantName })
    },
  }
}
