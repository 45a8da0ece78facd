import type { ReceivedMail } from './received-mail.ts'

export type StoredMail = ReceivedMail & { id: number; at: Date }

/** What was sent lately, oldest first. */
export type Mailbox = { mails: StoredMail[]; nextId: number }

export const mostMails = 200

export const emptyMailbox = (): Mailbox => ({ mails: [], nextId: 1 })

/** The oldest gives way. */
export function storeMail(mailbox: Mailbox, mail: ReceivedMail, at: Date): void {
  mailbox.mails.push({ ...mail, id: mailbox.nextId, at })
  mailbox.nextId += 1
  mailbox.mails.splice(0, mailbox.mails.length - mostMails)
}
