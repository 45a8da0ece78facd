import 'server-only'
import type { Admin } from '#lib/domain/user.ts'
import { container } from './container.ts'
import { type Outcome, textOf } from './form-action.ts'
import { readV1Page } from './v1-page.ts'

/** « Enregistrer » with V1 chosen: its keys are kept and tried at once, and nothing of V2 is touched. */
export const keepV1Keys = async (admin: Admin, form: FormData): Promise<Outcome> => {
  const { keepSettings, requestGrant } = await container()
  const { kept, changed, problems } = await keepSettings(admin, 'teamleader-v1', {
    revision: Number(textOf(form, 'revisionV1')) || 0,
    enabled: form.get('enabled') !== null,
    clientIdentifier: textOf(form, 'apiGroup'),
    clientSecret: textOf(form, 'apiSecret'),
  })
  if (!kept) return { problems }
  await requestGrant(admin, 'teamleader-v1', changed)
  const { problem } = await readV1Page()
  if (!problem || !kept.enabled) return { done: true }
  // the page tells why, at the field; V1 stays chosen even while the section tells of V2
  return { done: false, values: { apiVersion: 'V1' } }
}
