import { createTranslator } from 'use-intl/core'
import type { Locale, User } from '#lib/domain/accounts/user.ts'
import { zoneOf } from '#lib/domain/calendar-day.ts'
import type { Mail, RenderedMail } from '#lib/domain/notifications/mail.ts'
import { messages } from '#lib/i18n/messages.ts'
import { mailText } from './mail-text.ts'

type Of<K extends Mail['kind']> = Extract<Mail, { kind: K }>

const regions: Record<Locale, string> = { fr: 'fr-BE', nl: 'nl-BE', en: 'en-GB' }

const causes = [
  'revoked',
  'lost_response',
  'access_refused',
  'invalid_client',
  'keys_refused',
  'target_refused',
  'secret_unreadable',
] as const

/** Wordings of what is told of incidents, in the language of who reads it and on their clock. */
export const alertTemplates = ({ locale, ...reader }: Pick<User, 'locale' | 'timeZone'>) => {
  const timeZone = zoneOf(reader)
  const t = createTranslator({ locale, messages: messages[locale], timeZone })
  // read days later perhaps: no « today »
  const instant = new Intl.DateTimeFormat(regions[locale], { timeZone, dateStyle: 'long', timeStyle: 'short' })

  const todoOf = ({ state }: Of<'alert'>) =>
    state === 'reconnect_required' ? 'reconnect' : state === 'misconfigured' ? 'correct' : 'wait'

  const causeOf = ({ reason }: Of<'alert'>, todo: string) =>
    causes.find((known) => known === reason) ?? (todo === 'wait' ? 'waiting' : 'other')

  const restoredOf = ({ restored: { count, from } }: Of<'digest'>) =>
    from === null ? [] : [t('mail.digest.restored', { count, from: instant.format(from) })]

  const operatorsOf = ({ operatorFault: count }: Of<'digest'>) =>
    count === 0 ? [] : [t('mail.digest.operatorFault', { count })]

  const keysOf = ({ endingKeys }: Of<'digest'>) =>
    endingKeys.map(({ name, prefix, expiresAt }) =>
      t('mail.digest.endingKey', { key: mailText(name), prefix, end: instant.format(expiresAt) }),
    )

  const listOf = ({ inNeed, count }: Of<'digest'>) => {
    if (count === 0) return t('mail.digest.none')
    const lines = inNeed.map(({ tenantName, ref, provider, state, since }) =>
      t('mail.digest.line', {
        tenant: mailText(ref ? `${tenantName} (${ref})` : tenantName),
        provider: t(`journal.value.provider.${provider}`),
        state: t(`headline.${state}.label`),
        since: instant.format(since),
      }),
    )
    const more = count - inNeed.length
    return [...lines, ...(more > 0 ? [t('mail.digest.more', { count: more })] : [])].join('\n')
  }

  return {
    alert: (mail: Of<'alert'>): RenderedMail => {
      const about = { tenant: mailText(mail.tenantName), provider: t(`journal.value.provider.${mail.provider}`) }
      const todo = todoOf(mail)
      const { servedUntil, link, since } = mail
      return {
        subject: t('mail.alert.subject', { ...about, todo }),
        text: t('mail.alert.text', {
          cause: t(`mail.alert.cause.${causeOf(mail, todo)}`, about),
          since: instant.format(since),
          works: servedUntil
            ? t('mail.alert.works.until', { until: instant.format(servedUntil) })
            : t('mail.alert.works.data'),
          todo: t(`mail.alert.todo.${todo}`, about),
          link,
        }),
      }
    },
    recovery: ({ tenantName, provider, since, until, link }: Of<'recovery'>): RenderedMail => {
      const about = { tenant: mailText(tenantName), provider: t(`journal.value.provider.${provider}`) }
      return {
        subject: t('mail.recovery.subject', about),
        text: t('mail.recovery.text', {
          ...about,
          since: instant.format(since),
          until: instant.format(until),
          link,
        }),
      }
    },
    reconnect_request: ({ tenantName, provider, link }: Of<'reconnect_request'>): RenderedMail => {
      const about = { tenant: mailText(tenantName), provider: t(`journal.value.provider.${provider}`) }
      return {
        subject: t('mail.reconnect_request.subject', about),
        text: t('mail.reconnect_request.text', { ...about, link }),
      }
    },
    upgrade_request: ({ tenantName, link }: Of<'upgrade_request'>): RenderedMail => {
      const about = { tenant: mailText(tenantName) }
      return {
        subject: t('mail.upgrade_request.subject', about),
        text: t('mail.upgrade_request.text', { ...about, link }),
      }
    },
    deletion_question: ({ tenantName, provider, list, count, link }: Of<'deletion_question'>): RenderedMail => {
      const about = { tenant: mailText(tenantName), provider: t(`journal.value.provider.${provider}`) }
      const missing = t(`sync.count.${list}`, { count })
      return {
        subject: t('mail.deletion_question.subject', { ...about, missing }),
        text: t('mail.deletion_question.text', { ...about, missing, link }),
      }
    },
    key_ending: ({ tenantName, keyName, prefix, expiresAt, link }: Of<'key_ending'>): RenderedMail => {
      const about = { tenant: mailText(tenantName), key: mailText(keyName), prefix, end: instant.format(expiresAt) }
      return { subject: t('mail.key_ending.subject', about), text: t('mail.key_ending.text', { ...about, link }) }
    },
    digest: (mail: Of<'digest'>): RenderedMail => {
      const { count, opened, closed, onV1, link } = mail
      return {
        subject: t('mail.digest.subject', { count }),
        text: t('mail.digest.text', {
          list: [listOf(mail), ...operatorsOf(mail), ...keysOf(mail), ...restoredOf(mail)].join('\n\n'),
          opened,
          closed,
          onV1,
          link,
        }),
      }
    },
  }
}
