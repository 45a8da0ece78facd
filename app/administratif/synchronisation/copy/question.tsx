import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { answerDeletion } from '#lib/server/actions/sync.ts'
import type { ShownList } from '#lib/server/loaders/sync/copies.ts'
import type { CopyPage } from '#lib/server/loaders/sync/sync-page.ts'
import { providerName } from './provider-name.ts'

const Answers = async ({ list }: Pick<ShownList, 'list'>) => {
  const [t, messages] = await Promise.all([
    getTranslations('sync'),
    formMessages('/administratif/synchronisation', ['not_admin', 'not_connected', 'edited_elsewhere']),
  ])
  return (
    <FormScope action={answerDeletion} labels={messages} keeps={false}>
      <ActionForm id={`answer-${list}`}>
        <FormNotice />
        <input type="hidden" name="list" value={list} />
        <div className="actions">
          <SubmitButton kind="primary" name="answer" value="keep" pending={t('pending')}>
            {t('action.keep')}
          </SubmitButton>
          <SubmitButton name="answer" value="delete" pending={t('pending')}>
            {t('action.delete')}
          </SubmitButton>
        </div>
      </ActionForm>
    </FormScope>
  )
}

/** Many records that disappeared at once: whoever may decide is asked, with ten of their names. */
export const DeletionQuestion = async ({ copy, list }: { copy: CopyPage; list: ShownList }) => {
  const [t, provider] = await Promise.all([getTranslations('sync'), providerName(copy.provider)])
  const { held } = list
  if (!held) return null
  const titleId = `question-${list.list}`
  const names = held.names.filter((name) => name !== '')
  return (
    <section className="question" data-asks="" tabIndex={-1} aria-labelledby={titleId}>
      <h3 id={titleId}>{t('question.title', { missing: t(`count.${list.list}`, { count: held.count }), provider })}</h3>
      <p>{t('question.text', { count: names.length, when: await whenInline(held.at, copy.now) })}</p>
      <ul className="held-names" aria-label={t('question.names')}>
        {names.map((name, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same name
          <li key={place}>{name}</li>
        ))}
      </ul>
      <dl className="facts">
        {(['keep', 'delete'] as const).map((answer) => (
          <div className="row" key={answer}>
            <dt>{t(`action.${answer}`)}</dt>
            <dd>{t(`question.${answer}`, { provider })}</dd>
          </div>
        ))}
      </dl>
      {copy.mayAct ? <Answers list={list.list} /> : null}
      <p className="faint">{t(copy.mayAct ? 'question.silence' : 'question.reader')}</p>
    </section>
  )
}
