'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf } from '#lib/domain/journal/journal-entry.ts'
import { requireConfirmed } from '../auth/confirmation.ts'
import { requireFormSupport, requireTenant } from '../auth/session.ts'
import { readForm } from '../forms/read-form.ts'
import { askForm, assistanceForm, noteForm, releaseForm } from '../forms/support.ts'
import { buttonAction, formAction } from '../http/server-action.ts'
import { askHref } from '../loaders/support/ask-page.ts'
import { readQuery } from '../loaders/support/support-query.ts'

const route = '/support/[tenantId]'

/** Draws a page of support anew for a browser that looks at it for a while. */
export const autoRefresh = buttonAction('/support', async () => {
  await requireFormSupport()
  revalidatePath('/support', 'layout')
})

/** « Tout reprendre »: every connection that came from a backup is tried with the tokens it has. */
export const resumeAllRestored = formAction({ route: '/support', preserved: [], secrets: [] }, async () => {
  const support = await requireFormSupport()
  const { resumeRestored } = await container()
  await resumeRestored.resumeAll(actorOf(support))
  revalidatePath('/support', 'layout')
  return {}
})

/** « Tester », « Réessayer maintenant », « Mettre en pause », « Remettre en marche », « Reprendre », « Demander la reconnexion ». */
export const assist = formAction({ route, preserved: [], secrets: [] }, async (form) => {
  const { id, ip } = await requireFormSupport()
  const typed = readForm(assistanceForm, form)
  const { provider, revision } = typed
  const tenant = await requireTenant(typed.tenantId)
  if (tenant.archivedAt) throw new Failure('tenant_archived')
  const by = { id, tenantId: tenant.id, ip: ip ?? null }
  const { assistConnection, resumeRestored, testConnection } = await container()
  const handlers = {
    test: () => testConnection(by, provider),
    retry: () => assistConnection.retry(by, provider),
    pause: () => assistConnection.turn(by, provider, false, revision),
    resume: () => assistConnection.turn(by, provider, true, revision),
    resume_restored: () => resumeRestored.resume(by.tenantId, provider, actorOf(by)),
    ask: () => assistConnection.askToReconnect(by, provider),
  }
  try {
    await handlers[typed.operation]()
  } finally {
    // from the list as well
    revalidatePath('/support', 'layout')
  }
  return {}
})

/** « Envoyer n demandes », to those that the preview showed; what it came to is told by the preview, which is another then. */
export const askTenants = formAction({ route: '/support/demander', preserved: [], secrets: [] }, async (form) => {
  const support = await requireFormSupport()
  const { kind, filter, ids } = readForm(askForm, form)
  const { askMany } = await container()
  const { asked, left } = await askMany.ask(support, kind, ids)
  revalidatePath('/support', 'layout')
  const query = readQuery(Object.fromEntries(new URLSearchParams(filter)))
  return redirect(`${askHref(kind, query)}&asked=${asked}&left=${left}`)
})

/** « Enregistrer la note » and « Retirer la note » of an incident. */
export const noteIncident = formAction({ route, preserved: ['note'], secrets: [] }, async (form) => {
  const support = await requireFormSupport()
  const { tenantId, incidentId, seenAt, operation, note } = readForm(noteForm, form)
  const { id } = await requireTenant(tenantId)
  const { noteIncident } = await container()
  try {
    await noteIncident(support, { tenantId: id, incidentId, notedAt: seenAt }, operation === 'save' ? note : null)
  } finally {
    revalidatePath(route, 'page')
  }
  return {}
})

/** « Libérer l'adresse » of somebody deactivated. */
export const releaseEmail = formAction({ route, preserved: [], secrets: ['confirmPassword'] }, async (form) => {
  const support = await requireFormSupport()
  const typed = readForm(releaseForm, form)
  const { id } = await requireTenant(typed.tenantId)
  await requireConfirmed(form)
  const { releaseAddress } = await container()
  try {
    await releaseAddress(support, id, typed.userId)
  } finally {
    revalidatePath(route, 'page')
  }
  return {}
})
