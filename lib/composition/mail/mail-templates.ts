import { createTranslator } from 'use-intl/core'
import type { Locale } from '#lib/domain/accounts/user.ts'
import type { Mail, RenderedMail } from '#lib/domain/notifications/mail.ts'
import { messages } from '#lib/i18n/messages.ts'
import { alertTemplates } from './alert-mail-templates.ts'
import { mailText } from './mail-text.ts'

/** next-intl's own translator, outside Next: a worker has no request. */
const translator = (locale: Locale) =>
  createTranslator({ locale, messages: messages[locale], namespace: 'mail', timeZone: 'Europe/Brussels' })

type Translator = ReturnType<typeof translator>

type Kind = Mail['kind']

const templates: { [K in Kind]: (mail: Extract<Mail, { kind: K }>, t: Translator, locale: Locale) => RenderedMail } = {
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
  alert: (mail, _, locale) => alertTemplates(locale).alert(mail),
  recovery: (mail, _, locale) => alertTemplates(locale).recovery(mail),
  reconnect_request: (mail, _, locale) => alertTemplates(locale).reconnect_request(mail),
  upgrade_request: (mail, _, locale) => alertTemplates(locale).upgrade_request(mail),
  deletion_question: (mail, _, locale) => alertTemplates(locale).deletion_question(mail),
  key_ending: (mail, _, locale) => alertTemplates(locale).key_ending(mail),
  digest: (mail, _, locale) => alertTemplates(locale).digest(mail),
}

/** A mail in somebody's language, signed with the address of this app. */
export const renderMail = (mail: Mail, locale: Locale, publicUrl: string): RenderedMail => {
  const t = translator(locale)
  const render = templates[mail.kind] as (mail: Mail, t: Translator, locale: Locale) => RenderedMail
  const { subject, text } = render(mail, t, locale)
  return { subject, text: `${text}\n\n-- \n${t('footer', { url: publicUrl })}\n` }
}
