import { getTranslations } from 'next-intl/server'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import type { ShownList } from '#lib/server/loaders/sync/sync-page.ts'
import { ListRow } from './list-row.tsx'

const columns = ['list', 'state', 'records', 'lastSuccess', 'next', 'actions'] as const

export const ListsTable = async ({ lists, now }: { lists: readonly ShownList[]; now: Date }) => {
  const [t, messages] = await Promise.all([
    getTranslations('sync'),
    formMessages('/administratif/synchronisation', ['not_admin', 'not_connected', 'edited_elsewhere']),
  ])
  return (
    <table>
      <caption className="unseen">{t('caption')}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" key={column}>
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lists.map((list) => (
          <ListRow key={list.list} list={list} now={now} messages={messages} />
        ))}
      </tbody>
    </table>
  )
}
