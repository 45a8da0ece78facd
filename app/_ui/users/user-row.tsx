import { getTranslations } from 'next-intl/server'
import { When, whenInline } from '#app/_ui/display/date.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { Confirms } from '#app/_ui/forms/confirmation.tsx'
import type { FormMessages } from '#app/_ui/forms/form-context.ts'
import type { LinkDeliveryLabels } from '#app/_ui/links/link-delivery.tsx'
import type { UserState } from '#lib/domain/accounts/listed-user.ts'
import type { Headline, Tone } from '#lib/domain/connections/connection-view.ts'
import type { FormState } from '#lib/domain/form-state.ts'
import type { UserListItem } from '#lib/server/loaders/accounts/users-page.ts'
import { UserActions } from './user-actions.tsx'

interface Props {
  action: (previous: FormState, form: FormData) => Promise<FormState>
  user: UserListItem
  alone: boolean
  mailed: boolean
  now: Date
  messages: FormMessages
  delivery: LinkDeliveryLabels
  confirms: Confirms
}

const looks: Record<UserState, { icon: Headline; tone: Tone }> = {
  invited: { icon: 'awaiting_authorization', tone: 'neutral' },
  active: { icon: 'connected', tone: 'ok' },
  deactivated: { icon: 'paused', tone: 'neutral' },
}

/** Until when somebody can still come in by their invitation. */
const Invited = async ({ until, now }: { until: Date | null; now: Date }) => {
  const t = await getTranslations('users')
  if (!until || until <= now) return <span className="cause">{t('noLink')}</span>
  return <span className="faint">{t('until', { when: await whenInline(until, now) })}</span>
}

export const UserRow = async ({ user, now, ...rest }: Props) => {
  const t = await getTranslations()
  const { name, email, role, state, isMe, invitedUntil, lastSignInAt } = user
  const { icon, tone } = looks[state]
  return (
    <tr>
      <th scope="row">
        {name} {isMe ? <span className="tag">{t('users.you')}</span> : null}
        <span className="address">{email}</span>
      </th>
      <td data-label={t('users.role')}>{t(`users.roles.${role}`)}</td>
      <td data-label={t('users.state')}>
        <span className="status-label" data-tone={tone}>
          <StateIcon state={icon} /> {t(`users.states.${state}`)}
        </span>
        {state === 'invited' ? <Invited until={invitedUntil} now={now} /> : null}
      </td>
      <td data-label={t('users.lastSignIn')}>
        {lastSignInAt ? <When at={lastSignInAt} now={now} /> : t('fact.never')}
      </td>
      <td data-label={t('users.actions')}>
        <UserActions user={user} {...rest} />
      </td>
    </tr>
  )
}
