'use server'

import { revalidatePath } from 'next/cache'
import { container } from '#lib/composition/container.ts'
import { requireFormAdmin, requireFormMember } from '../auth/session.ts'
import { readForm } from '../forms/read-form.ts'
import { answerForm, copyForm } from '../forms/sync.ts'
import { buttonAction, formAction } from '../http/server-action.ts'

const route = '/administratif/synchronisation'

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

/** Draws the page anew for a browser that looks at it for a while. */
export const autoRefresh = buttonAction(route, async () => {
  await requireFormMember()
  revalidatePath(route)
})
