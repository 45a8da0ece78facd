import { randomUUID } from 'node:crypto'
import type { TenantId } from '../../lib/domain/accounts/tenant.ts'
import type { AppServer } from '../harness/app-server.ts'

/** Somebody of a tenant who may look, and change nothing. */
export const newReader = async (server: AppServer, tenantId: TenantId) => {
  const reader = { email: `${randomUUID()}@atelier-delvaux.example`, password: 'quatre mots à la suite' }
  const user = { ...reader, role: 'reader', tenantId } as const
  await server.compose(({ createAccounts }) => createAccounts.addUser(user, { kind: 'operator' }))
  return reader
}
