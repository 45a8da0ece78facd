import { getTranslations } from 'next-intl/server'
import type { Attention } from '#lib/server/loaders/notifications/attention.ts'
import { whenInline } from '../display/date.tsx'
import { StateIcon } from '../display/state-icon.tsx'

interface Props {
  broken: Attention['broken'][number]
  mayMend: boolean
  now: Date
}

const Notice = async ({ broken: { provider, state, since }, mayMend, now }: Props) => {
  const [t, when] = await Promise.all([getTranslations('alert'), whenInline(since, now)])
  const action = state === 'misconfigured' ? 'correct' : 'reconnect'
  return (
    <div className="notice" data-tone="bad">
      <StateIcon state={state} />
      <div>
        <p>
          <strong>{t(`${action}.title`, { name: t(`name.${provider}`) })}</strong>
        </p>
        <p>
          {t('text', { when })}{' '}
          {mayMend ? <a href="/administratif/cle-de-securite">{t(`${action}.link`)}</a> : t('askAdmin')}
        </p>
      </div>
    </div>
  )
}

/** « TL Group est à reconnecter », on every page but the one that says it in full. */
export const BrokenBanner = ({ broken, mayMend, now }: Omit<Attention, 'held'>) =>
  broken.length === 0 ? null : (
    <div className="banner" role="status">
      {broken.map((connection) => (
        <Notice key={connection.provider} broken={connection} mayMend={mayMend} now={now} />
      ))}
    </div>
  )
