import { getFormatter, getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { DoneNotice } from '#app/_ui/forms/done-notice.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { liftErasure } from '#lib/server/actions/sync.ts'
import type { SyncPage } from '#lib/server/loaders/sync/sync-page.ts'

interface Props {
  erased: SyncPage['erased']
  now: Date
}

/** « Lever l’effacement »: which record it is, only whoever knows its id can say. */
const Lift = async ({ erased }: Pick<Props, 'erased'>) => {
  const [t, names, messages] = await Promise.all([
    getTranslations('sync.erased'),
    getTranslations('sync'),
    formMessages('/administratif/synchronisation', ['not_admin', 'record_not_erased', 'edited_elsewhere']),
  ])
  return (
    <FormScope action={liftErasure} labels={{ ...messages, saved: t('done') }} keeps={false}>
      <ActionForm id="lift">
        <FormNotice />
        <DoneNotice />
        <div className="field row">
          <div className="label">
            <label htmlFor="lift-list">{names('list')}</label>
          </div>
          <div>
            <select id="lift-list" name="list">
              {erased.map(({ list }) => (
                <option key={list} value={list}>
                  {names(`names.${list}`)}
                </option>
              ))}
            </select>
          </div>
        </div>
        <TextField name="recordId" label={t('id')} mono help={t('idHelp')} />
        <div className="form-foot row">
          <div className="actions">
            <SubmitButton pending={t('pending')}>{t('lift')}</SubmitButton>
          </div>
        </div>
      </ActionForm>
    </FormScope>
  )
}

/** How many records stay erased, and the way back for one of them. */
export const ErasedRecords = async ({ erased, now }: Props) => {
  const [t, names, format] = await Promise.all([
    getTranslations('sync.erased'),
    getTranslations('sync.names'),
    getFormatter(),
  ])
  const count = erased.reduce((sum, one) => sum + one.count, 0)
  const rows = await Promise.all(erased.map(async (one) => ({ ...one, since: await whenInline(one.last, now) })))
  return (
    <section className="section" aria-labelledby="erased-title">
      <div className="section-head">
        <h2 id="erased-title">{t('title', { count })}</h2>
        <p>{t('aside')}</p>
      </div>
      <dl className="facts">
        {rows.map(({ list, count: erasedOf, since }) => (
          <div className="row" key={list}>
            <dt>{names(list)}</dt>
            <dd>
              {format.number(erasedOf)}
              <small>{t('since', { when: since })}</small>
            </dd>
          </div>
        ))}
      </dl>
      <p className="help">{t('text')}</p>
      <Lift erased={erased} />
    </section>
  )
}
