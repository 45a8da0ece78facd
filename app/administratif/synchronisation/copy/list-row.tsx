import { getFormatter, getTranslations } from 'next-intl/server'
import { BriefWhen, When } from '#app/_ui/display/date.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { ShownList } from '#lib/server/loaders/sync/copies.ts'
import { icons } from './icons.ts'
import { retryMoment, sinceMoment } from './moments.ts'
import { tallyText } from './tally.ts'

/** What the last run changed, or since when nothing did. */
const Changes = async ({ list: { lastChange, completeAt }, now }: { list: ShownList; now: Date }) => {
  const t = await getTranslations('sync')
  if (!completeAt) return null
  if (!lastChange) return <small>{t('noChange')}</small>
  const { at, tally } = lastChange
  return (
    <small>
      {at >= completeAt ? await tallyText(tally) : t('noChangeSince', { when: await sinceMoment(at, now) })}
    </small>
  )
}

/** A failure is followed by another attempt; what waits for a person has none. */
const Next = async ({ list: { headline, dueAt }, now }: { list: ShownList; now: Date }) => {
  const t = await getTranslations('sync')
  if (headline === 'stopped') return t('atResume')
  if (['reconnect_required', 'misconfigured', 'paused', 'disconnected'].includes(headline) || !dueAt) return t('none')
  if (headline === 'retrying' || headline === 'throttled') return await retryMoment(dueAt, now)
  return dueAt > now ? <BriefWhen at={dueAt} now={now} /> : t('now')
}

export const ListRow = async ({ list, now }: { list: ShownList; now: Date }) => {
  const [t, format] = await Promise.all([getTranslations('sync'), getFormatter()])
  const { headline, tone, records, completeAt, stopped } = list
  return (
    <tr data-list={list.list} data-state={headline}>
      <th scope="row">
        {t(`names.${list.list}`)}
        <span className="status-label" data-tone={tone}>
          <StateIcon state={icons[headline]} />
          <span>{t(`states.${headline}`, { name: stopped?.by ?? t('somebody') })}</span>
        </span>
      </th>
      <td data-label={t('lastSuccess')}>
        <div>
          {completeAt ? <When at={completeAt} now={now} /> : t('never')}
          <Changes list={list} now={now} />
        </div>
      </td>
      <td className="num" data-label={t('next')}>
        <Next list={list} now={now} />
      </td>
      <td className="num amount" data-label={t('records')}>
        {/* before the first page « 0 » would say that there are none */}
        {records === 0 && !completeAt ? null : format.number(records)}
      </td>
    </tr>
  )
}
