import type { WordedMail } from '../domain/mail.ts'

export interface Mailer {
  /** False without `SMTP_URL`: then nothing can be sent, and who would send says so. */
  readonly configured: boolean
  /** Resolves once the mail server has taken the mail. @throws Failure `mail_failed` when it refuses or does not answer. */
  send(mail: WordedMail & { to: string }): Promise<void>
}
