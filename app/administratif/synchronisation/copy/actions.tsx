import { getTranslations } from 'next-intl/server'
import { ConfirmDialog, KeepButton } from '#app/_ui/display/confirm-dialog.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import type { ListHeadline } from '#lib/domain/sync/view/list-view.ts'
import { controlCopy } from '#lib/server/actions/sync.ts'
import type { CopyOperation } from '#lib/server/forms/sync.ts'
import type { CopyPage } from '#lib/server/loaders/sync/sync-page.ts'

const minuteMs = 60_000

/** What asking for a run is called where it goes on from something. */
const wordOf = (headline: ListHeadline) =>
  headline === 'stopped' ? 'resume' : headline === 'forbidden' || headline === 'retrying' ? 'retry' : 'request'

/** How long it takes, first; then the question. */
const RereadQuestion = async ({ copy: { provider, records, rereadMs } }: { copy: CopyPage }) => {
  const t = await getTranslations('sync')
  const dialogId = `${provider}-reread`
  const titleId = `${dialogId}-title`
  return (
    <ConfirmDialog id={dialogId} titleId={titleId} open={t('action.reread')}>
      <h3 id={titleId}>{t('reread.title', { count: rereadMs / minuteMs })}</h3>
      <p>{t('reread.text', { count: records })}</p>
      <ActionForm id={`${provider}-reread-form`}>
        <input type="hidden" name="provider" value={provider} />
        <div className="actions">
          <SubmitButton kind="primary" name="operation" value="reread" pending={t('asked')}>
            {t('action.reread')}
          </SubmitButton>
          <KeepButton dialog={dialogId}>{t('reread.cancel')}</KeepButton>
        </div>
      </ActionForm>
    </ConfirmDialog>
  )
}

/** What can be asked of the copy now; the one thing to do is the solid button. */
export const CopyActions = async ({ copy }: { copy: CopyPage }) => {
  const { provider, headline, operations, problem, mayAct } = copy
  const [t, messages] = await Promise.all([
    getTranslations('sync'),
    formMessages('/administratif/synchronisation', ['not_admin', 'not_connected', 'edited_elsewhere']),
  ])
  const offers = (operation: CopyOperation) => operations.includes(operation)
  const solid = headline === 'stopped' || headline === 'forbidden'
  const formId = `${provider}-copy`
  return (
    <FormScope action={controlCopy} labels={messages} keeps={false}>
      <div className="actions operations">
        <ActionForm id={formId} className="flat">
          <FormNotice />
          <input type="hidden" name="provider" value={provider} />
          {offers('request') ? (
            <SubmitButton
              key="request"
              kind={solid ? 'primary' : 'plain'}
              name="operation"
              value="request"
              pending={t('asked')}
            >
              {t(`action.${wordOf(headline)}`)}
            </SubmitButton>
          ) : null}
          {offers('verify') ? (
            <SubmitButton key="verify" name="operation" value="verify" pending={t('asked')}>
              {t('action.verify')}
            </SubmitButton>
          ) : null}
        </ActionForm>
        {offers('reread') ? <RereadQuestion copy={copy} /> : null}
        {offers('stop') ? (
          <div className={operations.length > 1 ? 'aside' : undefined}>
            <SubmitButton
              kind={operations.length > 1 ? 'quiet' : 'plain'}
              form={formId}
              name="operation"
              value="stop"
              pending={t('pending')}
            >
              {t('action.stop')}
            </SubmitButton>
          </div>
        ) : null}
        {mayAct && operations.length === 0 && problem === null ? (
          <a className="button" href="/administratif/cle-de-securite">
            {t('action.connection')}
          </a>
        ) : null}
      </div>
    </FormScope>
  )
}
