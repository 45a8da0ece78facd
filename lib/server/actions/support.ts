'use server'

import { revalidatePath } from 'next/cache'
import { container } from '#lib/composition/container.ts'
import { requireFormSupport, requireTenant } from '../auth/session.ts'
import { readForm } from '../forms/read-form.ts'
import { assistanceForm } from '../forms/support.ts'
import { buttonAction, formAction } from '../http/server-action.ts'

const route = '/support/[tenantId]'

/** Draws a page of support anew for a browser that looks at it for a while. */
export const autoRefresh = buttonAction('/support', async () => {
  await requireFormSupport()
  revalidatePath('/support', 'layout')
})

/** « Tester », « Réessayer maintenant », « Mettre en pause », « Remettre en marche », « Demander la reconnexion ». */
export const assist = formAction({ route, preserved: [], secrets: [] }, async (form) => {
  const { id, ip } = await requireFormSupport()
  const typed = readForm(assistanceForm, form)
  const { provider, revision } = typed
  const by = { id, tenantId: (await requireTenant(typed.tenantId)).id, ip: ip ?? null }
  const { assistConnection, testConnection } = await container()
  const handlers = {
    test: () => testConnection(by, provider),
    retry: () => assistConnection.retry(by, provider),
    pause: () => assistConnection.turn(by, provider, false, revision),
    resume: () => assistConnection.turn(by, provider, true, revision),
    ask: () => assistConnection.askToReconnect(by, provider),
  }
  try {
    await handlers[typed.operation]()
  } finally {
    revalidatePath(route, 'page')
  }
  return {}
})
