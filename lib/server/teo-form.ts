import 'server-only'
import { revalidatePath } from 'next/cache'
import { container } from './container.ts'
import { formAction, textOf } from './form-action.ts'
import { readConnection } from './key-page.ts'
import { requireFormAdmin } from './session.ts'

const route = '/administratif/cle-de-securite'

/** « Enregistrer »: three values are all that téo wants, so they are tried at once. */
export const submitTeo = formAction(
  { route, kept: ['enabled', 'clientId', 'target'], secrets: ['clientSecret'] },
  async (form) => {
    const admin = await requireFormAdmin()
    const { keepSettings, requestGrant } = await container()
    const { kept, changed, problems } = await keepSettings(admin, 'teo', {
      revision: Number(textOf(form, 'revision')) || 0,
      enabled: form.get('enabled') !== null,
      clientIdentifier: textOf(form, 'clientId'),
      clientSecret: textOf(form, 'clientSecret'),
      target: textOf(form, 'target'),
    })
    if (!kept) return { problems }
    await requestGrant(admin, 'teo', changed)
    revalidatePath(route)
    const { problem } = await readConnection('teo')
    // the page tells why, at the field
    return { done: problem === null || !kept.enabled }
  },
)
