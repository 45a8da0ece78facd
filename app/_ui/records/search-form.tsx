import { Search } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { listPaths } from '#lib/server/loaders/sync/list-pages.ts'
import { hiddenInputs } from '#lib/server/loaders/sync/record-query.ts'
import { isDated, type RecordsPage } from '#lib/server/loaders/sync/records-page.ts'
import { LiveSearch } from './live-search.tsx'

/** Words to look for; a plain form that asks by its address, and keeps order and filters. */
export const SearchForm = async ({ page: { list, query } }: { page: RecordsPage }) => {
  const t = await getTranslations('lists')
  return (
    <search aria-label={t('search')}>
      <form className="search-line" action={listPaths[list]}>
        {hiddenInputs(query, isDated(list)).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div>
          <label htmlFor="q">{t('search')}</label>
          <LiveSearch typed={query.typed} hint={t(`hint.${list}`)} help="q-help" />
        </div>
        <button type="submit" className="button">
          <Search className="icon" aria-hidden="true" /> {t('search')}
        </button>
        <p className="help" id="q-help">
          {t('shortcut')}
        </p>
      </form>
    </search>
  )
}
