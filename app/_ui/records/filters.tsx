import { Plus, X } from 'lucide-react'
import { listPaths } from '#lib/server/loaders/sync/list-pages.ts'
import { type RecordQuery, writeQuery } from '#lib/server/loaders/sync/record-query.ts'
import { isDated, type RecordsPage } from '#lib/server/loaders/sync/records-page.ts'
import { recordWords } from './words.ts'

/** What the list can be narrowed by, a link each: the one that is chosen takes itself away. */
export const Filters = async ({ page: { list, query, values } }: { page: RecordsPage }) => {
  const { t, status, language } = await recordWords()
  const hrefOf = (change: Partial<RecordQuery>) =>
    listPaths[list] + writeQuery({ ...query, cursor: null, ...change }, isDated(list))
  const groups = [
    { by: 'status', wordOf: status },
    { by: 'facet', wordOf: language },
  ] as const
  const chips = groups.flatMap(({ by, wordOf }) => {
    const chosen = query[by]
    const offered = values[by].length > 1 ? values[by] : []
    return [...new Set(chosen === null ? offered : [chosen, ...offered])].map((value) => {
      const on = value === chosen
      return { key: `${by} ${value}`, word: wordOf(value), on, href: hrefOf({ [by]: on ? null : value }) }
    })
  })
  if (chips.length === 0) return null
  return (
    <ul className="chips" aria-label={t('filters')}>
      {chips.map(({ key, word, on, href }) => (
        <li key={key}>
          <a
            className="chip"
            href={href}
            data-on={on || undefined}
            aria-label={t(on ? 'remove' : 'add', { value: word })}
          >
            <span>{word}</span>
            {on ? <X className="icon" aria-hidden="true" /> : <Plus className="icon" aria-hidden="true" />}
          </a>
        </li>
      ))}
      {query.status !== null || query.facet !== null ? (
        <li>
          <a className="button quiet" href={hrefOf({ status: null, facet: null })}>
            {t('clear')}
          </a>
        </li>
      ) : null}
    </ul>
  )
}
