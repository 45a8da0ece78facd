import { ChevronDown, ChevronUp } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { Fragment } from 'react'
import type { ConsoleSort } from '#lib/domain/support/console-view.ts'
import type { SupportPage } from '#lib/server/loaders/support/support-page.ts'
import { hrefOf, type SupportQuery } from '#lib/server/loaders/support/support-query.ts'
import { OpenRow } from './open-row.tsx'
import { Row } from './row.tsx'

interface HeadProps {
  query: SupportQuery
  by: ConsoleSort['by']
  label: string
}

/** A column's title, which sorts by it, and the other way round when it does already. */
const Head = ({ query, by, label }: HeadProps) => {
  const { sort } = query
  const here = sort.by === by
  // those in the worst state come first: what is sorted by falls
  const falls = here && sort.descending === (by === 'name')
  const descending = here && !sort.descending
  const Icon = falls ? ChevronDown : ChevronUp
  return (
    <th scope="col" aria-sort={here ? (falls ? 'descending' : 'ascending') : undefined}>
      <a href={hrefOf({ ...query, sort: { by, descending }, cursor: null, open: null })}>
        {label} {here ? <Icon className="icon" aria-hidden="true" /> : null}
      </a>
    </th>
  )
}

export const Connections = async ({
  query,
  page,
  opened,
  now,
}: Pick<SupportPage, 'query' | 'page' | 'opened' | 'now'>) => {
  const t = await getTranslations('console.column')
  return (
    <table className="connections">
      <caption className="visually-hidden">{t('caption')}</caption>
      <thead>
        <tr>
          <Head query={query} by="name" label={t('client')} />
          <th scope="col">{t('connection')}</th>
          <Head query={query} by="urgency" label={t('state')} />
          <th scope="col">{t('since')}</th>
          <th scope="col">{t('lastSuccess')}</th>
          <th scope="col">{t('nextAttempt')}</th>
          <th scope="col">
            <span className="visually-hidden">{t('actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {page.rows.map((row) => (
          <Fragment key={row.place.id}>
            <Row row={row} query={query} now={now} />
            {opened && row.place.id === query.open ? <OpenRow connection={opened} now={now} /> : null}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}
