import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { requireSupport } from '#lib/server/auth/session.ts'

export interface FirstAdminPlace {
  /** How the first admin is invited: by mail from here, or by the operator's command. */
  by: 'mail' | 'command'
}

/** Null once an admin of the tenant has come in: from then on admins invite. */
export const readFirstAdmin = async (tenantId: TenantId): Promise<FirstAdminPlace | null> => {
  await requireSupport()
  const { store, mailer } = await container()
  if (await store.tenantUsers.hadAdmin(tenantId)) return null
  return { by: mailer.configured ? 'mail' : 'command' }
}
