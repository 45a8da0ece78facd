'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { requireConfirmed } from '../auth/confirmation.ts'
import { requireFormSupport, requireTenant } from '../auth/session.ts'
import { readForm } from '../forms/read-form.ts'
import { firstAdminForm, newTenantForm, renameForm, tenantForm } from '../forms/support.ts'
import { formAction } from '../http/server-action.ts'

/** « Ajouter un client » */
export const addTenant = formAction(
  { route: '/support/nouveau', preserved: ['name', 'ref'], secrets: [] },
  async (form) => {
    const support = await requireFormSupport()
    const { id, name, ref } = readForm(newTenantForm, form)
    const { onboardTenant } = await container()
    const tenantId = await onboardTenant.add(support, { id: id as TenantId, name, ref })
    revalidatePath('/support', 'layout')
    return redirect(`/support/${tenantId}`)
  },
)

const route = '/support/[tenantId]'

/** « Inviter le premier administrateur » */
export const inviteFirstAdmin = formAction(
  { route, preserved: ['email', 'name', 'locale'], secrets: ['confirmPassword'] },
  async (form) => {
    const support = await requireFormSupport()
    const { tenantId, ...typed } = readForm(firstAdminForm, form)
    const tenant = await requireTenant(tenantId)
    const { onboardTenant, mailer } = await container()
    if (!mailer.configured) await requireConfirmed(form)
    try {
      const delivery = await onboardTenant.inviteFirstAdmin(support, tenant, typed)
      return { given: delivery.kind === 'mailed' ? { done: 'invited' } : { link: delivery.link } }
    } finally {
      revalidatePath(route, 'page')
    }
  },
)

const revalidateSupport = () => revalidatePath('/support', 'layout')

/** « Renommer » */
export const renameTenant = formAction({ route, preserved: ['name', 'ref'], secrets: [] }, async (form) => {
  const support = await requireFormSupport()
  const { tenantId, seenName, seenRef, name, ref } = readForm(renameForm, form)
  const { id } = await requireTenant(tenantId)
  const { manageTenants } = await container()
  await manageTenants.rename(support, { id, name: seenName, ref: seenRef || null }, { name, ref })
  revalidateSupport()
  return {}
})

/** Opens the way to the export for a while: what it asks is « Confirmez que c'est vous ». */
export const prepareExport = formAction({ route, preserved: [], secrets: ['confirmPassword'] }, async (form) => {
  await requireFormSupport()
  await requireTenant(readForm(tenantForm, form).tenantId)
  await requireConfirmed(form)
  revalidateSupport()
  return {}
})

/** « Archiver » */
export const archiveTenant = formAction({ route, preserved: [], secrets: ['confirmPassword'] }, async (form) => {
  const support = await requireFormSupport()
  const tenant = await requireTenant(readForm(tenantForm, form).tenantId)
  await requireConfirmed(form)
  const { manageTenants } = await container()
  await manageTenants.archive(support, tenant)
  revalidateSupport()
  return {}
})

/** « Réactiver ce client » */
export const unarchiveTenant = formAction({ route, preserved: [], secrets: [] }, async (form) => {
  const support = await requireFormSupport()
  const tenant = await requireTenant(readForm(tenantForm, form).tenantId)
  const { manageTenants } = await container()
  await manageTenants.unarchive(support, tenant)
  revalidateSupport()
  return {}
})

/** « Supprimer définitivement » */
export const eraseTenant = formAction({ route, preserved: ['name'], secrets: ['confirmPassword'] }, async (form) => {
  const support = await requireFormSupport()
  const { tenantId, name } = readForm(tenantForm, form)
  const tenant = await requireTenant(tenantId)
  await requireConfirmed(form)
  const { manageTenants } = await container()
  const gone = await manageTenants.erase(support, tenant, name)
  revalidateSupport()
  // what goes on is told there
  return redirect(gone ? '/support?done=erased' : '/support')
})
