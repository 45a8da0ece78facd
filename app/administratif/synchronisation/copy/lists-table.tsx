import { getTranslations } from 'next-intl/server'
import type { CopyPage } from '#lib/server/loaders/sync/sync-page.ts'
import { ListRow } from './list-row.tsx'
import { providerName } from './provider-name.ts'

export const ListsTable = async ({ copy: { provider, lists, now } }: { copy: CopyPage }) => {
  const [t, name] = await Promise.all([getTranslations('sync'), providerName(provider)])
  return (
    <table className="stacked lists">
      <caption className="visually-hidden">{t('caption', { provider: name })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('list')}</th>
          <th scope="col">{t('lastSuccess')}</th>
          <th scope="col">{t('next')}</th>
          <th scope="col" className="amount">
            {t('records')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lists.map((list) => (
          <ListRow key={list.list} list={list} now={now} />
        ))}
      </tbody>
    </table>
  )
}
