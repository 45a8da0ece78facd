import { Download } from 'lucide-react'
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import { SearchField } from '#app/_ui/fields/search-field.tsx'
import { actorGroups, type JournalQuery, shownSets, writeWho } from '#lib/server/loaders/journal/journal-query.ts'
import { cityOf } from './near-day.ts'

interface Props {
  query: JournalQuery
  people: readonly { id: string; name: string }[]
  action: string
  /** Where what is shown is had as a file, for who may have it. */
  exported: string | null
  /** Something else than what the page shows by itself. */
  filtered: boolean
}

const Who = async ({ query: { who }, people }: Pick<Props, 'query' | 'people'>) => {
  const t = await getTranslations('journal')
  return (
    <div>
      <label htmlFor="who">{t('who')}</label>
      <select id="who" name="who" defaultValue={who ? writeWho(who) : ''}>
        <option value="">{t('filter.anyone')}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {actorGroups.map((group) => (
          <option key={group} value={group}>
            {t(`actor.${group}`)}
          </option>
        ))}
      </select>
    </div>
  )
}

const Period = async ({ query: { from, to } }: Pick<Props, 'query'>) => {
  const t = await getTranslations('journal.filter')
  return (
    <>
      <div>
        <label htmlFor="from">{t('from')}</label>
        <input id="from" name="from" type="date" defaultValue={from} aria-describedby="zone" />
      </div>
      <div>
        <label htmlFor="to">{t('to')}</label>
        <input id="to" name="to" type="date" defaultValue={to} aria-describedby="zone" />
      </div>
    </>
  )
}

/** What to show of the journal; a plain form that asks by its address. */
export const JournalFilter = async ({ query, people, action, exported, filtered }: Props) => {
  const [t, timeZone, locale] = await Promise.all([getTranslations('journal'), getTimeZone(), getLocale()])
  const { show, outcome, typed } = query
  return (
    <search aria-label={t('filter.label')}>
      <form className="filter" action={action}>
        <SearchField label={t('filter.search')} hint={t('filter.searchHint')} typed={typed} />
        <Who query={query} people={people} />
        <div>
          <label htmlFor="show">{t('filter.show')}</label>
          <select id="show" name="show" defaultValue={show} aria-describedby="show-help">
            {shownSets.map((set) => (
              <option key={set} value={set}>
                {set === 'essential' || set === 'everything' ? t(`filter.${set}`) : t(`kind.${set}`)}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor="outcome">{t('outcome')}</label>
          <select id="outcome" name="outcome" defaultValue={outcome ?? ''}>
            <option value="">{t('filter.any')}</option>
            <option value="ok">{t('done')}</option>
            <option value="failed">{t('failed')}</option>
          </select>
        </div>
        <Period query={query} />
        <div className="actions">
          <button type="submit" className="button">
            {t('filter.filter')}
          </button>
          {filtered ? (
            <a className="button quiet" href={action}>
              {t('filter.clear')}
            </a>
          ) : null}
          {exported === null ? null : (
            <a className="button quiet" href={exported} download>
              <Download className="icon" aria-hidden="true" /> {t('filter.export')}
            </a>
          )}
        </div>
        <p className="help">
          <span id="show-help">{show === 'essential' ? t('filter.essentialHelp') : null}</span>{' '}
          <span id="zone">{t('filter.zone', { city: cityOf(timeZone, locale) })}</span>
        </p>
      </form>
    </search>
  )
}
