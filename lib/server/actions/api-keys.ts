'use server'

import { revalidatePath } from 'next/cache'
import { notFound } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import type { Scope } from '#lib/domain/api-keys/api-key.ts'
import { endOf, platformScopes, tenantScopes } from '#lib/domain/api-keys/granting.ts'
import { actorOf } from '#lib/domain/journal/journal-entry.ts'
import { requireConfirmed } from '../auth/confirmation.ts'
import { requireFormAdmin, requireFormSupport } from '../auth/session.ts'
import { newKeyForm, revokedKeyForm } from '../forms/api-keys.ts'
import { readForm } from '../forms/read-form.ts'
import { formAction, type Outcome } from '../http/server-action.ts'

const ofTenant = '/administratif/cles-api'
const ofPlatform = '/support/cles-api'

const typedOf = (scopes: readonly Scope[]) => ['name', 'term', ...scopes]

const create = async (
  form: FormData,
  { user, tenantId, scopes }: { user: User; tenantId: TenantId | null; scopes: readonly Scope[] },
): Promise<Outcome> => {
  const { term, ...typed } = readForm(newKeyForm(scopes), form)
  await requireConfirmed(form)
  const { manageApiKeys, clock } = await container()
  const expiresAt = endOf(term, clock.now())
  const key = await manageApiKeys.create({ ...typed, tenantId, expiresAt }, actorOf(user))
  return { given: key === null ? {} : { key, name: typed.name } }
}

/** One that is revoked already is what was asked for; 404 for a key of somebody else. */
const revoke = async (form: FormData, user: User, tenantId: TenantId | null): Promise<Outcome> => {
  const { prefix } = readForm(revokedKeyForm, form)
  const { manageApiKeys } = await container()
  if (await manageApiKeys.revoke(prefix, actorOf(user), { tenantId })) return {}
  const isOurs = (await manageApiKeys.list(tenantId)).some((key) => key.prefix === prefix)
  return isOurs ? {} : notFound()
}

/** The key is in the answer, this once. */
export const createKey = formAction(
  { route: ofTenant, preserved: typedOf(tenantScopes), secrets: ['confirmPassword'] },
  async (form) => {
    const user = await requireFormAdmin()
    const created = await create(form, { user, tenantId: user.tenantId, scopes: tenantScopes })
    revalidatePath(ofTenant)
    return created
  },
)

export const revokeKey = formAction({ route: ofTenant, preserved: [], secrets: [] }, async (form) => {
  const user = await requireFormAdmin()
  const revoked = await revoke(form, user, user.tenantId)
  revalidatePath(ofTenant)
  return revoked
})

/** The same for a key of the platform, which names its tenant with each request. */
export const createPlatformKey = formAction(
  { route: ofPlatform, preserved: typedOf(platformScopes), secrets: ['confirmPassword'] },
  async (form) => {
    const user = await requireFormSupport()
    const created = await create(form, { user, tenantId: null, scopes: platformScopes })
    revalidatePath(ofPlatform)
    return created
  },
)

export const revokePlatformKey = formAction({ route: ofPlatform, preserved: [], secrets: [] }, async (form) => {
  const user = await requireFormSupport()
  const revoked = await revoke(form, user, null)
  revalidatePath(ofPlatform)
  return revoked
})
