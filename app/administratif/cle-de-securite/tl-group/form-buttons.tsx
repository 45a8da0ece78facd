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

/** Leaving for the consent page; « Reconnecter » does it where there is a connection. */
const ConnectButton = async ({ page, model }: { page: KeyPage; model: Plan }) => {
  const t = await getTranslations('button')
  const { problem } = page
  const repairs = problem && model.repair === 'connect' && model.atFoot
  return (
    <SubmitButton
      kind={model.primary === 'connect' ? 'primary' : 'plain'}
      form={sectionForms[page.provider].id}
      name="intent"
      value="connect"
      pending={t('leaving')}
    >
      {repairs ? await repairLabel(page, problem, model) : t('connect')}
    </SubmitButton>
  )
}

/** Saving and connecting, the next step first. */
const ConsentButtons = ({ page, model }: { page: KeyPage; model: Plan }) => {
  const save = <SaveButton key="save" page={page} model={model} />
  const connect = model.connectsAtFoot ? <ConnectButton key="connect" page={page} model={model} /> : null
  return model.primary === 'connect' ? [connect, save] : [save, connect]
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
