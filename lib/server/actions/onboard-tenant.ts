'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { requireConfirmed } from '../auth/confirmation.ts'
import { requireFormSupport, requireTenant } from '../auth/session.ts'
import { readForm } from '../forms/read-form.ts'
import { firstAdminForm, newTenantForm } from '../forms/support.ts'
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
