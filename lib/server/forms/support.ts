import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { checkEmail, checkName } from '#lib/domain/accounts/account-validation.ts'
import { checkRef } from '#lib/domain/accounts/tenant.ts'
import { locales } from '#lib/domain/accounts/user.ts'
import { providerIds } from '#lib/domain/connections/provider.ts'
import { requestKinds } from '#lib/domain/support/bulk-request.ts'
import { checked, revision, text } from './read-form.ts'
import { personName } from './users.ts'

export const newTenantForm = z.object({
  // made with the page: sent twice, it adds one tenant
  id: z.uuid().catch(() => randomUUID()),
  name: checked((typed) => checkName(typed, 'tenant_name_missing')),
  ref: checked(checkRef),
})

/** What the page showed of a tenant's name, and what it is to be. */
export const renameForm = z.object({
  tenantId: text,
  seenName: text,
  seenRef: text,
  name: checked((typed) => checkName(typed, 'tenant_name_missing')),
  ref: checked(checkRef),
})

export const tenantForm = z.object({ tenantId: text, name: text })

export const firstAdminForm = z.object({
  tenantId: text,
  email: checked(checkEmail),
  name: personName,
  locale: z.enum(locales).catch('fr'),
})

export const assistanceForm = z.object({
  tenantId: text,
  provider: z.enum(providerIds),
  operation: z.enum(['test', 'retry', 'pause', 'resume', 'resume_restored', 'ask']),
  revision,
})

/** The connections that a preview showed. */
export const askForm = z.object({
  kind: z.enum(requestKinds),
  filter: text,
  ids: text.transform((typed) => typed.split(',').filter((id) => /^[\w-]{1,64}$/.test(id))),
})

/** A note, empty where it is to be removed; and which one the page showed, as milliseconds. */
export const noteForm = z.object({
  tenantId: text,
  incidentId: text,
  seenAt: text.transform((value) => (/^\d{1,15}$/.test(value) ? new Date(Number(value)) : null)),
  operation: z.enum(['save', 'remove']).catch('save'),
  note: text,
})

export const releaseForm = z.object({ tenantId: text, userId: text })

export const deliveryForm = z.object({ tenantId: text, delivery: text })
