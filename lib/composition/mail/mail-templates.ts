import { createTranslator } from 'use-intl/core'
import type { User } from '#lib/domain/accounts/user.ts'
import { zoneOf } from '#lib/domain/calendar-day.ts'
import type { Mail, RenderedMail } from '#lib/domain/notifications/mail.ts'
import { messages } from '#lib/i18n/messages.ts'
import { alertTemplates } from './alert-mail-templates.ts'
import { mailText } from './mail-text.ts'

/** Whose language and whose clock a mail is in. */
type Reader = Pick<User, 'locale' | 'timeZone'>

/** next-intl's own translator, outside Next: a worker has no request. */
const translator = ({ locale, timeZone }: Reader) =>
  createTranslator({ locale, messages: messages[locale], namespace: 'mail', timeZone: zoneOf({ timeZone }) })

type Translator = ReturnType<typeof translator>

type Kind = Mail['kind']

const templates: { [K in Kind]: (mail: Extract<Mail, { kind: K }>, t: Translator, reader: Reader) => RenderedMail } = {
  invitation: ({ link, tenantName, days }, t) => ({
    subject: t('invitation.subject'),
    text: t('invitation.text', {
      tenant: tenantName === null ? t('invitation.support') : mailText(tenantName),
      link,
      days,
    }),
  }),
  password: ({ link, minutes }, t) => ({
    subject: t('password.subject'),
    text: t('password.text', { link, minutes }),
  }),
  new_email: ({ link, hours }, t) => ({ subject: t('newEmail.subject'), text: t('newEmail.text', { link, hours }) }),
  password_changed: (_, t) => ({ subject: t('passwordChanged.subject'), text: t('passwordChanged.text') }),
  email_changed: ({ email }, t) => ({
    subject: t('emailChanged.subject'),
    text: t('emailChanged.text', { email: mailText(email) }),
  }),
  factor_changed: ({ change }, t) => ({
    subject: t('factorChanged.subject'),
    text: t('factorChanged.text', { change }),
  }),
  alert: (mail, _, reader) => alertTemplates(reader).alert(mail),
  recovery: (mail, _, reader) => alertTemplates(reader).recovery(mail),
  reconnect_request: (mail, _, reader) => alertTemplates(reader).reconnect_request(mail),
  upgrade_request: (mail, _, reader) => alertTemplates(reader).upgrade_request(mail),
  deletion_question: (mail, _, reader) => alertTemplates(reader).deletion_question(mail),
  key_ending: (mail, _, reader) => alertTemplates(reader).key_ending(mail),
  digest: (mail, _, reader) => alertTemplates(reader).digest(mail),
}

/** A mail in the language of who reads it and on their clock, signed with the address of this app. */
export const renderMail = (mail: Mail, reader: Reader, publicUrl: string): RenderedMail => {
  const t = translator(reader)
  const render = templates[mail.kind] as (mail: Mail, t: Translator, reader: Reader) => RenderedMail
  const { subject, text } = render(mail, t, reader)
  return { subject, text: `${text}\n\n-- \n${t('footer', { url: publicUrl })}\n` }
}
