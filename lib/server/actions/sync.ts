'use server'

import { revalidatePath } from 'next/cache'
import { container } from '#lib/composition/container.ts'
import { requireFormAdmin } from '../auth/session.ts'
import { readForm } from '../forms/read-form.ts'
import { listOperationForm } from '../forms/sync.ts'
import { formAction } from '../http/server-action.ts'

const route = '/administratif/synchronisation'

/** A button in the row of a list. */
export const controlList = formAction({ route, preserved: [], secrets: [] }, async (form) => {
  const admin = await requireFormAdmin()
  const { list, operation } = readForm(listOperationForm, form)
  const { controlSync } = await container()
  try {
    if (operation === 'request' || operation === 'stop') await controlSync[operation](admin, list)
    else await controlSync.answer(admin, list, operation)
  } finally {
    revalidatePath(route)
  }
  return {}
})
