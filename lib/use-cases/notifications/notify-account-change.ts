import type { User } from '#lib/domain/accounts/user.ts'
import type { Mail } from '#lib/domain/notifications/mail.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** Tells somebody what was changed of their access: it stands whether or not its mail is taken. */
export const notifyAccountChange =
  ({ mailer, renderMail, log }: Pick<Deps, 'mailer' | 'renderMail' | 'log'>) =>
  async (
    to: Pick<User, 'email' | 'locale' | 'timeZone'>,
    mail: Extract<Mail, { kind: 'password_changed' | 'email_changed' | 'factor_changed' }>,
  ): Promise<void> => {
    if (!mailer.configured) return
    try {
      await mailer.send({ to: to.email, ...renderMail(mail, to) })
    } catch {
      log.warn('a change of an access was not told to its owner', { failure: 'mail_failed' })
    }
  }

export type NotifyAccountChange = ReturnType<typeof notifyAccountChange>
