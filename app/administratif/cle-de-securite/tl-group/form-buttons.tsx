import { getTranslations } from 'next-intl/server'
import { SavedNote } from '#app/_ui/forms/saved-note.tsx'
import { buildPageModel, type Plan } from '#app/administratif/_connection/page-model.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { hasActions } from '../form/actions.tsx'
import { SaveButton } from '../form/save-button.tsx'
import { CopyDiagnostic } from '../status/diagnostic.tsx'
import { ConnectButton } from './connect-button.tsx'
import type { Versions } from './settings.tsx'

/** Saving and connecting, the next step first. */
const ConsentButtons = ({ page, model }: { page: KeyPage; model: Plan }) => {
  const save = <SaveButton key="save" page={page} model={model} />
  // the operator's has its button where it is told of; before anything is begun there is nothing to save
  if (page.through === 'shared') return page.view.begun ? save : null
  const connect = <ConnectButton key="connect" page={page} model={model} />
  return model.primary === 'connect' ? [connect, save] : [save, connect]
}

/** What works has « Reconnecter » above: when the other button to the consent page is needed. */
const ConnectedAlready = async ({ page: { through, view } }: { page: KeyPage }) => {
  if (through === 'shared' || (view.headline !== 'connected' && view.headline !== 'degraded')) return null
  return (
    <p className="help" data-version="V2">
      {(await getTranslations('help'))('connectAgain')}
    </p>
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
      <ConnectedAlready page={v2} />
    </div>
  )
}
