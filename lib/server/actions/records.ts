'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { requireFormAdmin, requireFormMember } from '../auth/session.ts'
import { readForm } from '../forms/read-form.ts'
import { eraseForm, liftForm } from '../forms/records.ts'
import { buttonAction, formAction } from '../http/server-action.ts'
import { listPaths } from '../loaders/sync/list-pages.ts'

const route = '/administratif/contacts/[id]'
const sync = '/administratif/synchronisation'

/** « Effacer cette personne », which was asked once more; the page of the record is gone with it. */
export const eraseRecord = formAction({ route, preserved: [], secrets: [] }, async (form) => {
  const admin = await requireFormAdmin()
  const { list, id } = readForm(eraseForm, form)
  const { eraseRecord: erasing } = await container()
  await erasing.erase(admin, list, id)
  return redirect(`${listPaths[list]}?erased=1`)
})

/** « Lever »: the record may be copied again. */
export const liftErasure = formAction({ route: sync, preserved: ['list', 'recordId'], secrets: [] }, async (form) => {
  const admin = await requireFormAdmin()
  const { list, recordId } = readForm(liftForm, form)
  const { eraseRecord: erasing } = await container()
  try {
    await erasing.lift(admin, list, recordId)
  } finally {
    revalidatePath(sync)
  }
  return {}
})

/** Draws a list anew while its first copy runs. */
export const autoRefresh = buttonAction(route, async () => {
  await requireFormMember()
  for (const path of Object.values(listPaths)) revalidatePath(path)
})
