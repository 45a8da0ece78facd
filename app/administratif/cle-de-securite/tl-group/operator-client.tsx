import { ChevronRight } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { connectIntent } from '#app/administratif/_connection/contract.ts'
import { buildPageModel } from '#app/administratif/_connection/page-model.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { SaveButton } from '../form/save-button.tsx'
import { ConnectButton } from './connect-button.tsx'
import { OwnClient } from './own-client.tsx'

/** What the integration of Pro+ is about, and the button that goes on with it. */
const Integration = async ({ text, children }: { text: string; children: ReactNode }) => {
  const t = await getTranslations('integration')
  return (
    <div className="field row">
      <span className="label">{t('fact')}</span>
      <div className="integration">
        <p>{text}</p>
        <div className="actions">{children}</div>
      </div>
    </div>
  )
}

/** Through the operator's client: nothing to fill in, and the tenant's own fields for who wants them. */
export const SharedClient = async ({ page, children }: { page: KeyPage; children: ReactNode }) => {
  const t = await getTranslations()
  const { view, problem } = page
  const model = buildPageModel(page)
  return (
    <>
      {/* what is connected and switched on has « Reconnecter » */}
      {view.connection && view.enabled ? null : (
        <Integration text={t('integration.oneClick')}>
          <ConnectButton page={page} model={model} />
        </Integration>
      )}
      <OwnClient
        title={
          <>
            <ChevronRight className="icon" aria-hidden="true" /> <span>{t('integration.useOwn')}</span>
          </>
        }
        open={view.waitingCode !== null || (problem?.through === 'own' && problem.field !== null)}
      >
        <p className="help">{t('integration.useOwnHelp')}</p>
        {children}
        <div className="field row">
          <span />
          <div className="actions">
            <SubmitButton name="intent" value={connectIntent.own} pending={t('button.leaving')}>
              {t('integration.connectOwn')}
            </SubmitButton>
            {/* once something is begun it stands where the form ends */}
            {view.begun ? null : <SaveButton page={page} model={model} />}
          </div>
        </div>
      </OwnClient>
    </>
  )
}

/** « Passer à l'intégration de Pro+ »: an authorization like any other, beside the tenant's own. */
export const SwitchToShared = async () => {
  const t = await getTranslations()
  return (
    <Integration text={t('integration.switchHelp')}>
      <SubmitButton name="intent" value={connectIntent.shared} pending={t('button.leaving')}>
        {t('integration.switch')}
      </SubmitButton>
    </Integration>
  )
}
