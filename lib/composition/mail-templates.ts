import { createTranslator } from 'use-intl/core'
import type { Locale } from '#lib/domain/accounts/user.ts'
import type { Mail, WordedMail } from '#lib/domain/notifications/mail.ts'
import { messages } from '#lib/i18n/messages.ts'
import { alertWords } from './alert-mail-templates.ts'

/** next-intl's own translator, outside Next: a worker has no request. */
const translator = (locale: Locale) =>
  createTranslator({ locale, messages: messages[locale], namespace: 'mail', timeZone: 'Europe/Brussels' })

type Translator = ReturnType<typeof translator>

type Kind = Mail['kind']

const wordings: { [K in Kind]: (mail: Extract<Mail, { kind: K }>, t: Translator, locale: Locale) => WordedMail } = {
  invitation: ({ link, tenantName, days }, t) => ({
    subject: t('invitation.subject'),
    text: t('invitation.text', { tenant: tenantName ?? t('invitation.support'), link, days }),
  }),
  password: ({ link, minutes }, t) => ({
    subject: t('password.subject'),
    text: t('password.text', { link, minutes }),
  }),
  alert: (mail, _, locale) => alertWords(locale).alert(mail),
  recovery: (mail, _, locale) => alertWords(locale).recovery(mail),
  reconnect_request: (mail, _, locale) => alertWords(locale).reconnect_request(mail),
  digest: (mail, _, locale) => alertWords(locale).digest(mail),
}

/** A mail in somebody's language, signed with the address of this house. */
export const wordMail = (mail: Mail, locale: Locale, publicUrl: string): WordedMail => {
  const t = translator(locale)
  const word = wordings[mail.kind] as (mail: Mail, t: Translator, locale: Locale) => WordedMail
  const { subject, text } = word(mail, t, locale)
  return { subject, text: `${text}\n\n-- \n${t('footer', { url: publicUrl })}\n` }
}
