import { getTranslations } from 'next-intl/server'
import { SavedNote } from '#app/_ui/forms/saved-note.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { buildPageModel, type Plan } from '#app/administratif/_connection/page-model.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { hasActions } from '../form/actions.tsx'
import { repairLabel } from '../form/repair-button.tsx'
import { SaveButton } from '../form/save-button.tsx'
import { CopyDiagnostic } from '../status/diagnostic.tsx'
import type { Versions } from './settings.tsx'

/** Saving and connecting, the next step first; a button that already stands at the problem is not repeated. */
const ConsentButtons = async ({ page, model }: { page: KeyPage; model: Plan }) => {
  const t = await getTranslations('button')
  const { problem, view } = page
  const form = sectionForms[page.provider].id
  const waiting = view.waitingCode !== null
  const beside = model.placement === 'field' || model.placement === 'facts'
  const taken = problem && model.repair && beside ? await repairLabel(page, problem, model) : null
  const { primary } = model
  const connectLabel = t(waiting ? 'restart' : 'connect')
  const save = (
    <SubmitButton
      key="save"
      kind={primary === 'save' ? 'primary' : 'plain'}
      form={form}
      name="intent"
      value="save"
      pending={t(waiting ? 'checking' : 'saving')}
      pendingWith={{ field: 'authCode', text: t('checking') }}
    >
      {t('save')}
    </SubmitButton>
  )
  const connect = (
    <SubmitButton
      key="connect"
      kind={primary === 'connect' ? 'primary' : 'plain'}
      form={form}
      name="intent"
      value="connect"
      pending={t('leaving')}
    >
      {connectLabel}
    </SubmitButton>
  )
  const shown = [taken === t('save') ? null : save, taken === connectLabel ? null : connect]
  return (
    <>
      {primary === 'connect' ? shown.reverse() : shown}
      {waiting ? (
        <SubmitButton kind="quiet" form={form} name="intent" value="forget_code" pending={t('forgetting')}>
          {t('forgetCode')}
        </SubmitButton>
      ) : null}
    </>
  )
}

/** Under the form; each version has its buttons. */
export const FormButtons = ({ v1, v2, shown }: Versions) => {
  const page = shown === 'V1' ? v1 : v2
  return (
    <div className="form-foot row">
      <div className="actions">
        <div className="flat" data-version="V1">
          <SaveButton page={v1} model={buildPageModel(v1)} />
        </div>
        <div className="flat" data-version="V2">
          <ConsentButtons page={v2} model={buildPageModel(v2)} />
        </div>
        {buildPageModel(page).placement && !hasActions(page) ? <CopyDiagnostic text={page.diagnostic} /> : null}
        <SavedNote />
      </div>
    </div>
  )
}
