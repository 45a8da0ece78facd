'use server'

import { revalidatePath } from 'next/cache'
import { container } from '#lib/composition/container.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf } from '#lib/domain/journal/journal-entry.ts'
import { requireFormAdmin } from '../auth/session.ts'
import { clearNotice } from '../cookies/flash.ts'
import { switchForm } from '../forms/connection.ts'
import { readForm } from '../forms/read-form.ts'
import { formAction } from '../http/server-action.ts'

const route = '/administratif/cle-de-securite'
const form = { route, preserved: [], secrets: [] }

/** « Statut »: acts at once, and leaves the settings alone. */
export const switchConnection = formAction(form, async (data) => {
  const admin = await requireFormAdmin()
  const { provider, enabled } = readForm(switchForm, data)
  const app = await container()
  await app.switchConnection(admin, provider, enabled)
  revalidatePath(route)
  return { given: { enabled: enabled ? 'on' : '' } }
})

/** « Tester la connexion »: what was found is on the page when this returns. */
const test = async (provider: ProviderId) => {
  const admin = await requireFormAdmin()
  const { testConnection } = await container()
  try {
    await testConnection(admin, provider)
  } finally {
    revalidatePath(route)
  }
  return {}
}

export const testTlGroup = formAction(form, () => test('teamleader'))

export const testV1 = formAction(form, () => test('teamleader-v1'))

export const testTeo = formAction(form, () => test('teo'))

/** « Déconnecter » */
const disconnect = async (provider: ProviderId) => {
  const admin = await requireFormAdmin()
  const app = await container()
  await app.disconnect(admin, provider).catch((error: unknown) => {
    // pressed twice, or in two tabs: what was asked for is so
    if (!(error instanceof Failure && error.code === 'not_connected')) throw error
  })
  await clearNotice()
  revalidatePath(route)
  return {}
}

/** « Reprendre »: a connection that came from a backup is tried with the tokens it has. */
const resumeRestored = async (provider: ProviderId) => {
  const admin = await requireFormAdmin()
  const app = await container()
  await app.resumeRestored.resume(admin.tenantId, provider, actorOf(admin))
  await clearNotice()
  revalidatePath(route)
  return {}
}

export const resumeRestoredTlGroup = formAction(form, () => resumeRestored('teamleader'))

export const resumeRestoredTeo = formAction(form, () => resumeRestored('teo'))

export const disconnectTlGroup = formAction(form, () => disconnect('teamleader'))

export const disconnectTeo = formAction(form, () => disconnect('teo'))
