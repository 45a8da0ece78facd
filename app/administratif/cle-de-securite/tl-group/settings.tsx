import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { formId } from '#app/administratif/_connection/contract.ts'
import { CredentialFields } from '#app/administratif/_connection/credential-fields.tsx'
import { buildPageModel } from '#app/administratif/_connection/page-model.ts'
import { Revision } from '#app/administratif/_connection/revision.tsx'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { isV1Serving, type Version } from '#lib/server/loaders/connections/shown-version.ts'
import { StatusField } from '../form/status-field.tsx'
import { faultsOf } from '../status/known-problem.tsx'
import { CodeField } from './code-field.tsx'
import { SharedClient, SwitchToShared } from './operator-client.tsx'
import { RedirectField } from './redirect-field.tsx'
import { V1Notice, V1Stays } from './v1-notice.tsx'
import { VersionChoice } from './version-choice.tsx'

export interface Versions {
  v1: KeyPage
  v2: KeyPage
  shown: Version
}

const V1Fields = ({ v1, v2 }: Versions) => (
  <div className="version" data-version="V1">
    <V1Notice v2InUse={v2.view.connection !== null} />
    <CredentialFields page={v1} faultAt={faultsOf(v1, buildPageModel(v1))} />
  </div>
)

const V2Fields = ({ v1, v2 }: Versions) => {
  const faultAt = faultsOf(v2, buildPageModel(v2))
  const fields = (
    <>
      <RedirectField uri={v2.redirectUri} fault={faultAt('redirectUri')} />
      <CredentialFields page={v2} faultAt={faultAt} />
      <CodeField page={v2} fault={faultAt('authCode')} />
    </>
  )
  return (
    <div className="version" data-version="V2">
      {isV1Serving(v1) ? <V1Stays /> : null}
      {v2.through === 'shared' ? <SharedClient page={v2}>{fields}</SharedClient> : fields}
      {v2.through === 'own' && v2.sharedOffered ? <SwitchToShared /> : null}
    </div>
  )
}

/** The form: both versions' fields are in it, and those of the chosen one are seen. The order of its fields never changes. */
export const Settings = async (versions: Versions) => {
  const t = await getTranslations()
  const { v1, v2, shown } = versions
  const page = shown === 'V1' ? v1 : v2
  const known = [v1, v2].map(({ view, problem }) => `${view.revision} ${problem?.code} ${problem?.at?.getTime()}`)
  return (
    <ActionForm id={formId} stamp={known.join()}>
      <h3>{t('key.settings')}</h3>
      <FormNotice />
      <Revision current={v2.view.revision} />
      <Revision name="revisionV1" current={v1.view.revision} />
      <StatusField page={page} />
      <VersionChoice key={shown} label={t('field.apiVersion')} shown={shown} />
      <V1Fields {...versions} />
      <V2Fields {...versions} />
    </ActionForm>
  )
}
