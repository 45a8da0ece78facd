import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { checkEmail, checkName } from '#lib/domain/accounts/account-validation.ts'
import { checkRef } from '#lib/domain/accounts/tenant.ts'
import { locales } from '#lib/domain/accounts/user.ts'
import { providerIds } from '#lib/domain/connections/provider.ts'
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

export const releaseForm = z.object({ tenantId: text, userId: text })

export const deliveryForm = z.object({ tenantId: text, delivery: text })
