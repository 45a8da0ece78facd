import { getTranslations } from 'next-intl/server'
import type { JournalPage } from '#lib/server/loaders/journal/journal-page.ts'
import { JournalFilter } from './journal-filter.tsx'
import { JournalPages } from './journal-pages.tsx'
import { JournalTable } from './journal-table.tsx'

interface Props {
  page: JournalPage
  /** The address of the page. */
  here: string
  /** Whether it may be had as a file. */
  exportable: boolean
}

/** A page of a journal, with its filter above and its pages below; stands in a `main.wide`. */
export const Journal = async ({ page, here, exportable }: Props) => {
  const t = await getTranslations('journal')
  const { query, people, entries, empty, whole, older, partial, now } = page
  const exported = exportable ? `${here}/export${whole}` : null
  return (
    <>
      <JournalFilter query={query} people={people} action={here} exported={exported} filtered={whole !== ''} />
      {empty ? <p className="nothing">{t(`filter.${empty}`)}</p> : null}
      {entries.length > 0 ? (
        <JournalTable entries={entries} now={now} continued={query.after !== null} continues={older !== null} />
      ) : null}
      <JournalPages
        label={t('filter.pages')}
        newest={query.after && `${here}${whole}`}
        older={older && `${here}${older}`}
        partial={partial}
        nothing={entries.length === 0}
      />
    </>
  )
}
