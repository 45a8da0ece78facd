import { getTranslations } from 'next-intl/server'
import type { ListedKey } from '#lib/server/loaders/api-keys/keys-page.ts'
import { When } from '../display/date.tsx'
import { StateIcon } from '../display/state-icon.tsx'
import type { FormMessages } from '../forms/form-context.ts'
import type { FormAction } from '../forms/form-scope.tsx'
import { RevokeKey } from './revoke-key.tsx'
import { rightsOf } from './rights.ts'

interface Props {
  shown: ListedKey
  now: Date
  revoke: FormAction
  messages: FormMessages
}

/** Until when it lets in, or since when it does not. */
const End = async ({ shown: { state, expiresAt, revokedAt }, now }: Pick<Props, 'shown' | 'now'>) => {
  const t = await getTranslations('apiKeys')
  const at = revokedAt ?? expiresAt
  if (!at) return t('never')
  if (state === 'live') return <When at={at} now={now} />
  return (
    <>
      <span className="status-label" data-tone={state === 'ending' ? 'warn' : 'neutral'}>
        <StateIcon state={state === 'ending' ? 'ageing' : 'paused'} /> {t(`state.${state}`)}
      </span>
      <span className="faint">
        <When at={at} now={now} />
      </span>
    </>
  )
}

export const KeyRow = async ({ shown, now, revoke, messages }: Props) => {
  const [t, rights] = await Promise.all([getTranslations('apiKeys'), rightsOf(shown.scopes)])
  const { name, prefix, usedAt, state } = shown
  const isLive = state === 'live' || state === 'ending'
  return (
    <tr data-over={isLive ? undefined : ''}>
      <th scope="row">
        {name} <span className="mono">pk_{prefix}…</span>
      </th>
      <td data-label={t('rights')}>
        <ul>
          {rights.map((right) => (
            <li key={right}>{right}</li>
          ))}
        </ul>
      </td>
      <td data-label={t('lastUse')}>{usedAt ? <When at={usedAt} now={now} /> : t('neverUsed')}</td>
      <td data-label={t('end')}>
        <End shown={shown} now={now} />
      </td>
      <td data-label={t('action')}>
        {isLive ? <RevokeKey prefix={prefix} name={name} revoke={revoke} messages={messages} /> : null}
      </td>
    </tr>
  )
}
