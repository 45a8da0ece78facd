import { Download } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { AutoRefresh } from '#app/_ui/display/auto-refresh.tsx'
import { whenInline } from '#app/_ui/display/date.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import { AdministrativeShell } from '#app/_ui/layout/administrative-shell.tsx'
import { ageOf } from '#app/administratif/synchronisation/copy/moments.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import { autoRefresh } from '#lib/server/actions/sync.ts'
import { listPaths } from '#lib/server/loaders/sync/list-pages.ts'
import { type Params, writeQuery } from '#lib/server/loaders/sync/record-query.ts'
import { isDated, type RecordsPage, readRecords } from '#lib/server/loaders/sync/records-page.ts'
import { EmptyList } from './empty-list.tsx'
import { Filters } from './filters.tsx'
import { RecordsTable } from './records-table.tsx'
import { SearchForm } from './search-form.tsx'

const sync = '/administratif/synchronisation'

/** How many there are, of when the copy is, and since when it is proven complete. */
const Lede = async ({ page: { list, count, copy, refused, now } }: { page: RecordsPage }) => {
  const t = await getTranslations('lists')
  const { completeAt = null, provenAt = null } = copy ?? {}
  return (
    <p className="lede">
      {t(`counted.${list}`, { count })}{' '}
      {completeAt ? (
        <>
          <a href={sync}>{t('upToDate', { age: await ageOf(completeAt, now) })}</a>
          {provenAt ? t('proven', { when: await whenInline(provenAt, now) }) : t('unproven')}
        </>
      ) : (
        <a href={sync}>{t('firstRunning')}</a>
      )}
      {refused ? ` ${t('refusedNow')}` : null}
    </p>
  )
}

/** How many were found, and the file of them. */
const Tools = async ({ page: { list, query, page, mayExport } }: { page: RecordsPage }) => {
  const t = await getTranslations('lists')
  const { matched, partial, rows } = page
  const label = partial ? 'partial' : 'found'
  return (
    <div className="tools">
      <p role="status" className={rows.length === 0 ? 'visually-hidden' : undefined}>
        {matched === null ? null : t(label, { count: matched })}
      </p>
      {mayExport && rows.length > 0 ? (
        <a
          className="button quiet"
          href={`${listPaths[list]}/export${writeQuery({ ...query, cursor: null }, isDated(list))}`}
          download
        >
          <Download className="icon" aria-hidden="true" /> {t('export')}
        </a>
      ) : null}
    </div>
  )
}

const Pages = async ({ page: { list, query, page } }: { page: RecordsPage }) => {
  const t = await getTranslations('lists.pages')
  const { previous, next } = page
  if (!previous && !next) return null
  const hrefOf = (cursor: typeof query.cursor) => listPaths[list] + writeQuery({ ...query, cursor }, isDated(list))
  return (
    <nav className="actions turn" aria-label={t('label')}>
      {previous ? (
        <>
          <a className="button" href={hrefOf({ place: previous, backward: true })} rel="prev">
            {t('previous')}
          </a>
          <a className="button quiet" href={hrefOf(null)}>
            {t('first')}
          </a>
        </>
      ) : null}
      {next ? (
        <a className="button" href={hrefOf({ place: next, backward: false })} rel="next">
          {t('next')}
        </a>
      ) : null}
    </nav>
  )
}

/** A list of copied records: search, filters, order, pages, or why there is nothing. */
export const ListPage = async ({ list, params }: { list: ListId; params: Params }) => {
  const [page, t] = await Promise.all([readRecords(list, params), getTranslations('lists')])
  const { count, copy, empty } = page
  return (
    <AdministrativeShell here={listPaths[list]}>
      <main id="content" className="wide">
        <h1>{t(`title.${list}`)}</h1>
        {params.erased === '1' ? (
          <div className="notice" data-tone="neutral" role="status">
            <StateIcon state="connected" />
            <p>{t('erase.done')}</p>
          </div>
        ) : null}
        {count > 0 ? (
          <>
            <Lede page={page} />
            <SearchForm page={page} />
            <Filters page={page} />
            <Tools page={page} />
          </>
        ) : null}
        {page.page.rows.length > 0 ? <RecordsTable page={page} /> : null}
        <Pages page={page} />
        <EmptyList page={page} />
        {empty === 'first' || (count > 0 && !copy?.completeAt) ? (
          <AutoRefresh look={autoRefresh} everyMs={5_000} />
        ) : null}
      </main>
    </AdministrativeShell>
  )
}
