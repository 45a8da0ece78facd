import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { requireSupport } from '#lib/server/auth/session.ts'

export interface FirstAdminPlace {
  /** How the invitation reaches the first admin: by mail, or as a link that support is shown once. */
  by: 'mail' | 'link'
}

/** Null once an admin of the tenant has come in: from then on admins invite. */
export const readFirstAdmin = async (tenantId: TenantId): Promise<FirstAdminPlace | null> => {
  await requireSupport()
  const { store, mailer } = await container()
  if (await store.tenantUsers.hadAdmin(tenantId)) return null
  return { by: mailer.configured ? 'mail' : 'link' }
}
