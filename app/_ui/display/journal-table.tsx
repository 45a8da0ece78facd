import { getTranslations } from 'next-intl/server'
import type { FormattedEntry, FormattedFact } from '#lib/server/loaders/journal/journal-messages.ts'
import { When } from './date.tsx'
import { StateIcon } from './state-icon.tsx'

const Facts = ({ label, facts }: { label: string; facts: FormattedFact[] }) => (
  <details className="told">
    <summary>{label}</summary>
    <dl>
      {facts.map(({ label, value, verbatim }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={verbatim ? 'mono' : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  </details>
)

const Row = async ({ entry, now }: { entry: FormattedEntry; now: Date }) => {
  const t = await getTranslations('journal')
  const { at, what, provider, failed, outcome, who, ip: address, facts } = entry
  return (
    <tr>
      <td data-label={t('when')}>
        <When at={at} now={now} zone="Europe/Brussels" />
      </td>
      <th scope="row">
        {what}
        {provider ? <span className="faint">{provider}</span> : null}
        {facts.length > 0 ? <Facts label={t('details')} facts={facts} /> : null}
      </th>
      <td data-label={t('who')}>
        {who}
        {address ? <span className="mono">{address}</span> : null}
      </td>
      <td data-label={t('outcome')}>
        <span className="status-label" data-tone={failed ? 'bad' : 'ok'}>
          <StateIcon state={failed ? 'refused' : 'connected'} /> {failed ? t('failed') : outcome}
        </span>
        {failed ? <span className="cause">{outcome}</span> : null}
      </td>
    </tr>
  )
}

/** Entries of a tenant's journal, for its people and for support; stands in a `main.wide`. */
export const JournalTable = async ({ entries, now }: { entries: readonly FormattedEntry[]; now: Date }) => {
  const t = await getTranslations('journal')
  return (
    <table className="journal">
      <caption className="unseen">{t('caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('when')}</th>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('who')}</th>
          <th scope="col">{t('outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} now={now} />
        ))}
      </tbody>
    </table>
  )
}
