import { getFormatter, getTranslations } from 'next-intl/server'
import { When, whenInline } from '#app/_ui/display/date.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { FormMessages } from '#app/_ui/forms/form-context.ts'
import type { Headline } from '#lib/domain/connections/connection-view.ts'
import type { ListHeadline } from '#lib/domain/sync/list-view.ts'
import type { ShownList } from '#lib/server/loaders/sync/sync-page.ts'
import { ListActions } from './list-actions.tsx'
import { ListState } from './list-state.tsx'

const icons: Record<ListHeadline, Headline> = {
  stopped: 'paused',
  connection: 'paused',
  held: 'question',
  forbidden: 'refused',
  throttled: 'awaiting_authorization',
  retrying: 'degraded',
  first: 'code_received',
  running: 'code_received',
  requested: 'awaiting_authorization',
  up_to_date: 'connected',
}

/** Waits for nobody: then the next reading has a time. */
const isPlanned = ({ stopped, headline }: ShownList) => stopped === null && headline !== 'connection'

/** « Aucun changement depuis … », never « 0 ». */
const Changes = async ({ list, now }: { list: ShownList; now: Date }) => {
  const t = await getTranslations('sync')
  const { lastChange } = list
  if (!lastChange) return null
  const { added, changed, deleted } = lastChange.tally
  const when = await whenInline(lastChange.at, now)
  return <span className="faint">{t('lastChange', { when, added, changed, deleted })}</span>
}

export const ListRow = async ({ list, now, messages }: { list: ShownList; now: Date; messages: FormMessages }) => {
  const [t, format] = await Promise.all([getTranslations('sync'), getFormatter()])
  const { headline, tone, records, completeAt, provenAt, dueAt } = list
  return (
    <tr>
      <th scope="row">{t(`names.${list.list}`)}</th>
      <td data-label={t('state')}>
        <div>
          <span className="status-label" data-tone={tone}>
            <StateIcon state={icons[headline]} /> {t(`headlines.${headline}`)}
          </span>
          <ListState list={list} now={now} />
        </div>
      </td>
      <td data-label={t('records')}>{completeAt === null && records === 0 ? '–' : format.number(records)}</td>
      <td data-label={t('lastSuccess')}>
        <div>
          {completeAt ? <When at={completeAt} now={now} /> : t('never')}
          {provenAt ? <p className="help">{t('proven', { when: await whenInline(provenAt, now) })}</p> : null}
          <Changes list={list} now={now} />
        </div>
      </td>
      <td data-label={t('next')}>
        {dueAt && isPlanned(list) ? dueAt > now ? <When at={dueAt} now={now} /> : t('now') : '–'}
      </td>
      <td data-label={t('actions')}>
        <ListActions list={list} messages={messages} />
      </td>
    </tr>
  )
}
