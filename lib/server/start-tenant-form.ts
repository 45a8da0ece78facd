import 'server-only'
import { randomUUID } from 'node:crypto'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { type FailureCode, fieldOf } from '#lib/domain/failure-codes.ts'
import { checkEmail, checkName } from '#lib/domain/sign-up.ts'
import type { TenantId } from '#lib/domain/tenant.ts'
import { foldEmail, locales } from '#lib/domain/user.ts'
import { container } from './container.ts'
import { formAction, textOf } from './form-action.ts'
import { requireSupport } from './session.ts'
import { requireFormSupport, requireTenant } from './support-form.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The id of the tenant that a form will add: sent twice, it adds one. */
export const newTenantId = (): string => randomUUID()

/** « Ajouter un client » */
export const submitTenant = formAction({ route: '/support', kept: ['name', 'ref'], secrets: [] }, async (form) => {
  const support = await requireFormSupport()
  const given = textOf(form, 'id')
  const id = (uuid.test(given) ? given : newTenantId()) as TenantId
  const { startTenants } = await container()
  const tenantId = await startTenants.add(support, { id, name: textOf(form, 'name'), ref: textOf(form, 'ref') })
  revalidatePath('/support', 'layout')
  return redirect(`/support/${tenantId}`)
})

export interface FirstAdminPlace {
  /** How the first admin is invited: by mail from here, or by the operator's command. */
  by: 'mail' | 'command'
}

/** Null once an admin of the tenant has come in: from then on admins invite. */
export const readFirstAdmin = async (tenantId: TenantId): Promise<FirstAdminPlace | null> => {
  await requireSupport()
  const { store, mailer } = await container()
  if (await store.people.hadAdmin(tenantId)) return null
  return { by: mailer.configured ? 'mail' : 'command' }
}

const route = '/support/[tenantId]'

/** « Inviter le premier administrateur » */
export const submitFirstAdmin = formAction({ route, kept: ['email', 'name', 'locale'], secrets: [] }, async (form) => {
  const support = await requireFormSupport()
  const tenant = await requireTenant(form)
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
