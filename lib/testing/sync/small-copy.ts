import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { Switches } from '#lib/sandbox/control/switches.ts'
import type { TestApp } from '../app/test-app.ts'
import { copiedTenant, retire, settle } from './copied-tenant.ts'

/** Small copies of one app, each of a tenant of its own; those before are retired. */
export const smallCopies = (testApp: TestApp) => {
  const tenants: Admin[] = []

  const statusOf = async ({ tenantId }: Admin, list: ListId = 'companies') => {
    const found = (await testApp.app.store.sync.status(tenantId)).find((status) => status.list === list)
    if (!found) throw new Error(`${list} is not copied`)
    return found
  }

  /** A copy of 250 companies and 30 contacts, or of others, complete. */
  const copied = async (switches: Partial<Switches> = {}, counts = { companies: 250, contacts: 30 }) => {
    for (const admin of tenants.splice(0)) await retire(testApp, admin)
    testApp.records().seed({ ...counts, departments: 3, seed: 1, burst: 1 })
    const tenant = await copiedTenant(testApp, switches)
    tenants.push(tenant.admin)
    await settle(testApp)
    return tenant
  }

  const draw = (count: number) => [...testApp.records().all('companies').keys()].slice(0, count)

  return { copied, statusOf, draw }
}

export type SmallCopies = ReturnType<typeof smallCopies>
