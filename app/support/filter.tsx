import { getTranslations } from 'next-intl/server'
import { SearchField } from '#app/_ui/fields/search-field.tsx'
import {
  everything,
  hrefOf,
  type SupportQuery,
  shownConnections,
  shownCopies,
  shownStates,
  sortName,
} from '#lib/server/loaders/support/support-query.ts'

/** Words to look for and what to leave out; a plain form that asks by its address. */
export const Filter = async ({ query }: { query: SupportQuery }) => {
  const t = await getTranslations('console')
  const { typed, urgency, archived, provider, failed, copy, sort } = query
  const sorted = sortName(sort)
  const whole = hrefOf({ ...query, cursor: null, open: null }) === hrefOf({ ...everything, sort })
  return (
    <search aria-label={t('filter.label')}>
      <form className="filter" action="/support">
        {failed ? <input type="hidden" name="failed" value="yes" /> : null}
        {sorted === 'state' || archived ? null : <input type="hidden" name="sort" value={sorted} />}
        <SearchField label={t('filter.search')} hint={t('filter.searchHint')} typed={typed} />
        <div>
          <label htmlFor="state">{t('filter.state')}</label>
          <select id="state" name="state" defaultValue={archived ? 'archived' : (urgency ?? '')}>
            <option value="">{t('filter.allStates')}</option>
            {shownStates.map((each) => (
              <option key={each} value={each}>
                {t(`headline.${each}.label`)}
              </option>
            ))}
            <option value="archived">{t('archived.option')}</option>
          </select>
        </div>
        <div>
          <label htmlFor="connection">{t('filter.connection')}</label>
          <select id="connection" name="connection" defaultValue={provider ?? ''}>
            <option value="">{t('filter.allConnections')}</option>
            {shownConnections.map((each) => (
              <option key={each} value={each}>
                {t(`provider.${each}`)}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor="copy">{t('filter.copy')}</label>
          <select id="copy" name="copy" defaultValue={copy ?? ''}>
            <option value="">{t('filter.allCopies')}</option>
            {shownCopies.map((each) => (
              <option key={each} value={each}>
                {t(`filter.copies.${each}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="actions">
          <button type="submit" className="button">
            {t('filter.submit')}
          </button>
          {whole ? null : (
            <a className="button quiet" href="/support">
              {t('filter.clear')}
            </a>
          )}
        </div>
        {failed ? <p className="help">{t('filter.failedOnly')}</p> : null}
      </form>
    </search>
  )
}
