'use server'

import { revalidatePath } from 'next/cache'
import { notFound } from 'next/navigation'
import { type ProviderId, providerIds } from '#lib/domain/provider.ts'
import { container } from '../container.ts'
import { buttonAction, formAction, textOf } from '../form-action.ts'
import { requireFormSupport, requireTenant } from '../session.ts'

const route = '/support/[tenantId]'

const readProvider = (form: FormData): ProviderId =>
  providerIds.find((provider) => provider === textOf(form, 'provider')) ?? notFound()

/** Draws a page of support anew for a browser that looks at it for a while. */
export const lookAgain = buttonAction('/support', async () => {
  await requireFormSupport()
  revalidatePath('/support', 'layout')
})

/** « Tester », « Réessayer maintenant », « Mettre en pause », « Remettre en marche », « Demander la reconnexion ». */
export const assist = formAction({ route, kept: [], secrets: [] }, async (form) => {
  const { id, from } = await requireFormSupport()
  const [{ id: tenantId }, provider] = [await requireTenant(textOf(form, 'tenantId')), readProvider(form)]
  const by = { id, tenantId, from: from ?? null }
  const { assistConnection, testConnection } = await container()
  const revision = Number(textOf(form, 'revision')) || 0
  const deeds = new Map<string, () => Promise<unknown>>([
    ['test', () => testConnection.test(by, provider)],
    ['retry', () => assistConnection.retry(by, provider)],
    ['pause', () => assistConnection.turn(by, provider, false, revision)],
    ['resume', () => assistConnection.turn(by, provider, true, revision)],
    ['ask', () => assistConnection.askToReconnect(by, provider)],
  ])
  try {
    await (deeds.get(textOf(form, 'deed')) ?? notFound)()
  } finally {
    revalidatePath(route, 'page')
  }
  return {}
})
