'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { requireFormAdmin, requireFormMember } from '../auth/session.ts'
import { readForm } from '../forms/read-form.ts'
import { eraseForm, liftForm } from '../forms/records.ts'
import { answerForm, copyForm } from '../forms/sync.ts'
import { buttonAction, formAction } from '../http/server-action.ts'
import { listPaths } from '../loaders/sync/list-pages.ts'

const route = '/administratif/synchronisation'
const record = '/administratif/contacts/[id]'

/** A button below the lists of a provider. */
export const controlCopy = formAction({ route, preserved: [], secrets: [] }, async (form) => {
  const admin = await requireFormAdmin()
  const { provider, operation } = readForm(copyForm, form)
  const { controlSync } = await container()
  try {
    await controlSync.ofProvider(admin, provider, operation)
  } finally {
    revalidatePath(route)
  }
  return {}
})

/** The answer to the question about a mass deletion. */
export const answerDeletion = formAction({ route, preserved: [], secrets: [] }, async (form) => {
  const admin = await requireFormAdmin()
  const { list, answer } = readForm(answerForm, form)
  const { controlSync } = await container()
  try {
    await controlSync.answer(admin, list, answer)
  } finally {
    revalidatePath(route)
  }
  return {}
})

/** « Effacer cette personne », which was asked once more; the page of the record is gone with it. */
export const eraseRecord = formAction({ route: record, preserved: [], secrets: [] }, async (form) => {
  const admin = await requireFormAdmin()
  const { list, id } = readForm(eraseForm, form)
  const { eraseRecord: erasing } = await container()
  await erasing.erase(admin, list, id)
  return redirect(`${listPaths[list]}?erased=1`)
})

/** « Lever l’effacement »: the record may be copied again. */
export const liftErasure = formAction({ route, preserved: ['list', 'recordId'], secrets: [] }, async (form) => {
  const admin = await requireFormAdmin()
  const { list, recordId } = readForm(liftForm, form)
  const { eraseRecord: erasing } = await container()
  try {
    await erasing.lift(admin, list, recordId)
  } finally {
    revalidatePath(route)
  }
  return {}
})

/** Draws « Synchronisation » and the lists anew for a browser that looks at them for a while. */
export const autoRefresh = buttonAction(route, async () => {
  await requireFormMember()
  for (const path of [route, ...Object.values(listPaths)]) revalidatePath(path)
})
