import { ChevronRight } from 'lucide-react'
import { getTimeZone, getTranslations } from 'next-intl/server'
import type { FormattedEntry } from '#lib/server/loaders/journal/journal-messages.ts'
import { clockTime, dayHeading } from './date.tsx'
import { dayOf } from './near-day.ts'
import { StateIcon } from './state-icon.tsx'

/** What happened, in whose connection; what else is known opens under it. */
const What = async ({ entry: { id, what, provider, ip, facts } }: { entry: FormattedEntry }) => {
  const t = await getTranslations('journal')
  const words = (
    <span id={`what-${id}`}>
      <span className="what">{what}</span> {provider ? <span className="faint">{provider}</span> : null}
    </span>
  )
  const rows = [...facts, ...(ip ? [{ label: t('from'), value: ip, verbatim: true }] : [])]
  if (rows.length === 0) return <span className="plain">{words}</span>
  return (
    <details className="entry">
      <summary>
        <ChevronRight className="icon" aria-hidden="true" /> {words}
      </summary>
      <dl>
        {rows.map(({ label, value, verbatim }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className={verbatim ? 'mono' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

const Row = async ({ entry }: { entry: FormattedEntry }) => {
  const [time, t] = await Promise.all([clockTime(entry.at), getTranslations('journal')])
  const { at, failed, outcome, who, tenant } = entry
  return (
    <tr className={failed ? 'failed' : undefined}>
      <td className="num">
        <time dateTime={at.toISOString()}>{time}</time>
      </td>
      {/* a fold lends its words to no name */}
      <th scope="row" aria-labelledby={`what-${entry.id}`}>
        <What entry={entry} />
      </th>
      <td>
        {who}
        {tenant ? (
          <a className="of" href={`/support/${tenant.id}`}>
            {tenant.name}
          </a>
        ) : null}
      </td>
      <td>
        {failed ? (
          <span className="why">
            <StateIcon state="refused" />{' '}
            <span>
              <strong>{t('failed')}</strong> <span>{outcome}</span>
            </span>
          </span>
        ) : (
          <span className="visually-hidden">{outcome}</span>
        )}
      </td>
    </tr>
  )
}

interface Day {
  day: string
  entries: FormattedEntry[]
}

const daysOf = (entries: readonly FormattedEntry[], timeZone: string): Day[] => {
  const days: Day[] = []
  for (const entry of entries) {
    const day = dayOf(entry.at, timeZone)
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}

/** @param whole whether all entries of the day are here, so that they can be counted */
const DayRows = async ({ entries, whole, now }: { entries: FormattedEntry[]; whole: boolean; now: Date }) => {
  const t = await getTranslations('journal')
  const failed = entries.filter((entry) => entry.failed).length
  const [first] = entries
  return (
    <tbody>
      <tr className="day">
        <th colSpan={4} scope="rowgroup">
          {first ? await dayHeading(first.at, now) : null}{' '}
          {whole ? (
            <span className="faint">
              {t('ofDay', { count: entries.length })}
              {failed > 0 ? t('failedOfDay', { count: failed }) : null}
            </span>
          ) : null}
        </th>
      </tr>
      {entries.map((entry) => (
        <Row key={entry.id} entry={entry} />
      ))}
    </tbody>
  )
}

interface Props {
  entries: readonly FormattedEntry[]
  now: Date
  /** Newer entries stand on another page. */
  continued: boolean
  /** Older ones do. */
  continues: boolean
}

/** Entries of a journal, for a tenant's people and for support, who is led to the tenant of each; stands in a `main.wide`. */
export const JournalTable = async ({ entries, now, continued, continues }: Props) => {
  const [t, timeZone] = await Promise.all([getTranslations('journal'), getTimeZone()])
  const days = daysOf(entries, timeZone)
  return (
    <table className="journal">
      <caption className="visually-hidden">{t('caption')}</caption>
      <colgroup>
        <col className="time" />
        <col className="event" />
        <col className="actor" />
        <col />
      </colgroup>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('when')}</th>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('who')}</th>
          <th scope="col">{t('outcome')}</th>
        </tr>
      </thead>
      {days.map(({ day, entries: ofDay }, nth) => (
        <DayRows
          key={day}
          entries={ofDay}
          whole={!(nth === 0 && continued) && !(nth === days.length - 1 && continues)}
          now={now}
        />
      ))}
    </table>
  )
}
