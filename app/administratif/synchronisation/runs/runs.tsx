import { getTranslations } from 'next-intl/server'
import { BriefWhen } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { FinishedRun } from '#lib/domain/sync/sync-run.ts'
import type { SyncPage } from '#lib/server/loaders/sync/sync-page.ts'
import { tallyText } from '../copy/tally.ts'

const minuteMs = 60_000

/** Readings that fail are tried again: only what waits for somebody ends without success. */
const Result = async ({ run: { outcome, tally } }: { run: FinishedRun }) => {
  const words = await providerMessages('teamleader')
  return outcome === 'ok' ? await tallyText(tally) : words(`failures.${outcome}.cause`)
}

const RunRow = async ({ run, now }: { run: FinishedRun; now: Date }) => {
  const t = await getTranslations()
  const { list, kind, by, startedAt, finishedAt } = run
  const ms = Math.max(finishedAt.getTime() - startedAt.getTime(), 0)
  return (
    <tr>
      <td className="num" data-label={t('sync.runs.when')}>
        <BriefWhen at={finishedAt} now={now} />
      </td>
      <td data-label={t('sync.runs.what')}>
        <div>
          {t(`sync.names.${list}`)}, {t(`sync.runs.kind.${kind}`).toLowerCase()}
          {by ? <small>{t('sync.runs.by', { name: by })}</small> : null}
        </div>
      </td>
      <td data-label={t('sync.runs.result')}>
        <div>
          <Result run={run} />
        </div>
      </td>
      <td className="num amount" data-label={t('sync.runs.took')}>
        {ms < minuteMs
          ? t('sync.runs.seconds', { count: Math.round(ms / 1_000) })
          : ms < 60 * minuteMs
            ? t('duration.minutes', { minutes: Math.round(ms / minuteMs) })
            : t('duration.hours', { hours: Math.floor(ms / 60 / minuteMs), minutes: Math.floor(ms / minuteMs) % 60 })}
      </td>
    </tr>
  )
}

/** The last runs: when, what, by whom, what came of it, how long it took. */
export const Runs = async ({ runs, now }: Pick<SyncPage, 'runs' | 'now'>) => {
  const t = await getTranslations('sync.runs')
  return (
    <section className="section" aria-labelledby="runs-title">
      <div className="section-head">
        <h2 id="runs-title">{t('title')}</h2>
        <p>{t('aside')}</p>
      </div>
      {runs.length === 0 ? (
        <p className="nothing">{t('none')}</p>
      ) : (
        <table className="stacked runs">
          <caption className="visually-hidden">{t('caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('when')}</th>
              <th scope="col">{t('what')}</th>
              <th scope="col">{t('result')}</th>
              <th scope="col" className="amount">
                {t('took')}
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} now={now} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
