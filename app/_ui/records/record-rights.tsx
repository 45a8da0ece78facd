import { getTranslations } from 'next-intl/server'
import { ConfirmDialog, KeepButton } from '#app/_ui/display/confirm-dialog.tsx'
import { DetailsBlock } from '#app/_ui/display/details.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import type { ErasableList } from '#lib/domain/privacy/erasable-list.ts'
import { eraseRecord } from '#lib/server/actions/sync.ts'
import { listPaths } from '#lib/server/loaders/sync/list-pages.ts'
import type { ShownRecord } from '#lib/server/loaders/sync/records-page.ts'

const dialogId = 'erase-question'
const titleId = 'erase-title'

/** What whoever a record tells of may ask: all of it, or to be forgotten. */
export const RecordRights = async ({ list, record }: { list: ErasableList; record: ShownRecord }) => {
  const here = `${listPaths[list]}/${record.n}`
  const [t, messages] = await Promise.all([
    getTranslations('lists'),
    formMessages(listPaths[list], ['not_admin', 'record_unknown', 'edited_elsewhere']),
  ])
  return (
    <DetailsBlock id="rights" title={t(`rights.${list}`)} aside={t('rights.aside')}>
      <p>{t('rights.text')}</p>
      <div className="actions rights">
        <a className="button" href={`${here}/export`} download>
          {t('rights.export')}
        </a>
        <FormScope action={eraseRecord} labels={messages} keeps={false}>
          <ConfirmDialog id={dialogId} titleId={titleId} open={t(`erase.open.${list}`)} kind="danger aside">
            <h3 id={titleId}>{t('erase.title', { name: record.name || t('unnamed') })}</h3>
            <p>{t('erase.text')}</p>
            <ActionForm id="erase">
              <FormNotice />
              <input type="hidden" name="list" value={list} />
              <input type="hidden" name="id" value={record.id} />
              <div className="actions">
                <SubmitButton kind="danger" pending={t('erase.pending')}>
                  {t('erase.confirm')}
                </SubmitButton>
                <KeepButton dialog={dialogId}>{t('erase.keep')}</KeepButton>
              </div>
            </ActionForm>
          </ConfirmDialog>
        </FormScope>
      </div>
    </DetailsBlock>
  )
}
