import { getTranslations } from 'next-intl/server'
import { When } from '#app/_ui/display/date.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import type { DeliveryLog } from '#lib/server/loaders/notifications/delivery-log.ts'

type Delivery = DeliveryLog['deliveries'][number]

const fates = {
  delivered: { tone: 'ok', icon: 'connected' },
  waiting: { tone: 'warn', icon: 'awaiting_authorization' },
  given_up: { tone: 'bad', icon: 'refused' },
} as const

const fateOf = ({ deliveredAt, dueAt }: Delivery) => (deliveredAt ? 'delivered' : dueAt ? 'waiting' : 'given_up')

/** What we say ourselves of an attempt; anything else is what was answered, verbatim. */
const own = [
  'no_recipient',
  'overtaken',
  'no_mail_server',
  'mail_tls_missing',
  'mail_tls_failed',
  'no_webhook',
  'connection_gone',
] as const

export const DeliveryRow = async ({ delivery, now }: { delivery: Delivery; now: Date }) => {
  const t = await getTranslations('alert.log')
  const { id, recipient, createdAt, attempts, lastAnswer } = delivery
  const what = delivery.channel === 'mail' ? t(`kind.${delivery.kind}`) : delivery.kind
  const fate = fateOf(delivery)
  const { tone, icon } = fates[fate]
  const known = own.find((answer) => answer === lastAnswer)
  return (
    <tr>
      <td data-label={t('when')}>
        <When at={createdAt} now={now} />
      </td>
      <th scope="row">
        {what}
        <span className="mono">{recipient ? recipient.email : t('webhook')}</span>
      </th>
      <td data-label={t('outcome')}>
        <span className="status-label" data-tone={tone}>
          <StateIcon state={icon} /> {t(fate)}
        </span>
        {known ? <span className="cause">{t(`answer.${known}`)}</span> : lastAnswer ? <code>{lastAnswer}</code> : null}
      </td>
      <td data-label={t('attempts')}>{attempts}</td>
      <td>
        <SubmitButton kind="quiet" name="delivery" value={id} pending={t('resending')}>
          {t('resend')} <span className="visually-hidden">{what}</span>
        </SubmitButton>
      </td>
    </tr>
  )
}
