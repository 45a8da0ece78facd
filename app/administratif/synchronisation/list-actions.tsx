import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import type { FormMessages } from '#app/_ui/forms/form-context.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { controlList } from '#lib/server/actions/sync.ts'
import type { ShownList } from '#lib/server/loaders/sync/sync-page.ts'

/** What can be done with the copy of a list; it depends on what the page shows of it. */
export const ListActions = async ({ list, messages }: { list: ShownList; messages: FormMessages }) => {
  const t = await getTranslations('sync')
  const labelOf = (operation: ShownList['operations'][number]) =>
    operation === 'request' && list.stopped ? 'resume' : operation
  return (
    <FormScope action={controlList} labels={messages} keeps={false}>
      <ActionForm id={`list-${list.list}`} className="user-actions">
        <input type="hidden" name="list" value={list.list} />
        <div className="actions">
          {list.operations.map((operation) => (
            <SubmitButton key={operation} kind="quiet" name="operation" value={operation} pending={t('pending')}>
              {t(`action.${labelOf(operation)}`)} <span className="unseen">{t(`names.${list.list}`)}</span>
            </SubmitButton>
          ))}
        </div>
        <FormNotice />
      </ActionForm>
    </FormScope>
  )
}
