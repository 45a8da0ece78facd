import { getTranslations } from 'next-intl/server'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import { providerName } from '#app/administratif/synchronisation/copy/provider-name.ts'
import { listPaths } from '#lib/server/loaders/sync/list-pages.ts'
import type { RecordsPage } from '#lib/server/loaders/sync/records-page.ts'

const icons = {
  unconnected: 'unconfigured',
  waiting: 'paused',
  first: 'under_way',
  unfound: 'unverified',
  forbidden: 'refused',
  none: 'unconfigured',
} as const

const sync = '/administratif/synchronisation'
const key = '/administratif/cle-de-securite'

/** Why nothing is shown, and the one thing to do. */
export const EmptyList = async ({ page: { list, provider: at, empty } }: { page: RecordsPage }) => {
  const [t, provider] = await Promise.all([getTranslations('lists.empty'), providerName(at)])
  if (empty === null) return null
  const href = {
    ...{ unconnected: key, waiting: key, forbidden: key, first: sync, none: sync },
    unfound: listPaths[list],
  }[empty]
  return (
    <section
      className="empty-list"
      data-tone={empty === 'forbidden' ? 'bad' : undefined}
      data-state={empty}
      aria-labelledby="empty-title"
    >
      <StateIcon state={icons[empty]} />
      <h2 id="empty-title">{t(`${empty}.title`, { provider })}</h2>
      <p>{empty === 'forbidden' ? t(`forbidden.${list}`) : t(`${empty}.text`, { provider })}</p>
      <div className="actions">
        <a className={empty === 'unconnected' || empty === 'forbidden' ? 'button primary' : 'button'} href={href}>
          {t(`${empty}.action`)}
        </a>
      </div>
    </section>
  )
}
