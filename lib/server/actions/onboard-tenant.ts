'use server'

import { randomUUID } from 'node:crypto'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { type FailureCode, fieldOf } from '#lib/domain/failure-codes.ts'
import { checkEmail, checkName } from '#lib/domain/sign-up.ts'
import type { TenantId } from '#lib/domain/tenant.ts'
import { foldEmail, locales } from '#lib/domain/user.ts'
import { container } from '../container.ts'
import { formAction, textOf } from '../form-action.ts'
import { requireFormSupport, requireTenant } from '../session.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** « Ajouter un client » */
export const addTenant = formAction({ route: '/support', kept: ['name', 'ref'], secrets: [] }, async (form) => {
  const support = await requireFormSupport()
  const given = textOf(form, 'id')
  const id = (uuid.test(given) ? given : randomUUID()) as TenantId
  const { startTenants } = await container()
  const tenantId = await startTenants.add(support, { id, name: textOf(form, 'name'), ref: textOf(form, 'ref') })
  revalidatePath('/support', 'layout')
  return redirect(`/support/${tenantId}`)
})

const route = '/support/[tenantId]'

/** « Inviter le premier administrateur » */
export const inviteFirstAdmin = formAction({ route, kept: ['email', 'name', 'locale'], secrets: [] }, async (form) => {
  const support = await requireFormSupport()
  const tenant = await requireTenant(textOf(form, 'tenantId'))
  const [email, name] = [textOf(form, 'email'), textOf(form, 'name')]
  const codes: FailureCode[] = [
    ...checkEmail(foldEmail(email)),
    ...(checkName(name.trim()).length > 0 ? (['person_name_missing'] as const) : []),
  ]
  if (codes.length > 0) return { problems: codes.map((code) => ({ code, field: fieldOf(code) })) }
  const locale = locales.find((known) => known === textOf(form, 'locale')) ?? 'fr'
  const { startTenants } = await container()
  try {
    await startTenants.inviteFirstAdmin(support, tenant, { email, name, locale })
  } finally {
    revalidatePath(route, 'page')
  }
  return {}
})
