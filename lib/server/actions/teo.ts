'use server'

import { revalidatePath } from 'next/cache'
import { container } from '#lib/composition/container.ts'
import { requireFormAdmin } from '../auth/session.ts'
import { chosenStatus, teoForm } from '../forms/connection.ts'
import { readForm } from '../forms/read-form.ts'
import { formAction } from '../http/server-action.ts'
import { readConnection } from '../loaders/connections/key-page.ts'

const route = '/administratif/cle-de-securite'

/** « Enregistrer »: three values are all that téo wants, so they are tried at once. */
export const submitTeo = formAction(
  { route, preserved: ['enabled', 'clientId', 'target'], secrets: ['clientSecret'] },
  async (form) => {
    const admin = await requireFormAdmin()
    const typed = readForm(teoForm, form)
    const { revision, clientId, clientSecret, target } = typed
    const { trySettings } = await container()
    const { record: preserved, problems } = await trySettings(admin, 'teo', {
      ...{ revision, clientId, clientSecret, target },
      enabled: chosenStatus(typed),
    })
    if (!preserved) return { problems }
    revalidatePath(route)
    const { problem } = await readConnection('teo')
    // the page tells why, at the field
    return { done: problem === null || !preserved.enabled }
  },
)
