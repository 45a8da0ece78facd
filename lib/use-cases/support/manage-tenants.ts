import { checkName, normalizeName } from '#lib/domain/accounts/account-validation.ts'
import { checkRef, isExported, type StoredTenant, type Tenant } from '#lib/domain/accounts/tenant.ts'
import type { SupportUser } from '#lib/domain/accounts/user.ts'
import { providerIds } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { EraseTenant } from '../privacy/erase-tenant.ts'

/** What support does with a customer as a whole; each is journaled under the name of who did it. */
export const manageTenants = ({ store, providers, clock }: Deps, { begin }: Pick<EraseTenant, 'begin'>) => {
  const entryOf = (support: SupportUser, { id: tenantId }: Tenant, event: JournalEvent) =>
    journalEntry({ at: clock.now(), tenantId, actor: actorOf(support), event })

  const ahead = providerIds.filter((id) => {
    const api = providers[id]
    return api.grant !== 'keys' && api.refreshPolicy.ahead
  })

  return {
    /**
     * @param tenant as the page showed it: a newer name is not overwritten
     * @throws Failure `tenant_name_missing`, `ref_malformed`, `ref_taken`, `tenant_changed`
     */
    rename: async (support: SupportUser, tenant: Tenant, typed: Pick<Tenant, 'name' | 'ref'>): Promise<void> => {
      const to = { name: normalizeName(typed.name), ref: typed.ref?.trim() || null }
      const [first, ...others] = [...checkName(to.name, 'tenant_name_missing'), ...checkRef(to.ref ?? '')]
      if (first) throw new Failure([first, ...others])
      if (to.name === tenant.name && to.ref === tenant.ref) return
      if (await store.tenants.rename(tenant, to, entryOf(support, tenant, 'tenant.renamed'))) return
      const namesake = to.ref === null ? null : await store.accounts.findTenantByRef(to.ref)
      throw new Failure(namesake && namesake.id !== tenant.id ? 'ref_taken' : 'tenant_changed')
    },

    /** Pauses it as a whole, reversibly: all is kept. @throws Failure `tenant_changed` when it is archived already */
    archive: async (support: SupportUser, tenant: Tenant): Promise<void> => {
      const archived = await store.tenants.archive(tenant.id, support.id, entryOf(support, tenant, 'tenant.archived'))
      if (!archived) throw new Failure('tenant_changed')
    },

    /** What archiving paused works again; what was paused before stays so. @throws Failure `tenant_changed` */
    unarchive: async (support: SupportUser, { archivedAt, ...tenant }: StoredTenant): Promise<void> => {
      const entry = entryOf(support, tenant, 'tenant.unarchived')
      if (archivedAt && (await store.tenants.unarchive({ id: tenant.id, archivedAt }, ahead, entry))) return
      throw new Failure('tenant_changed')
    },

    /**
     * Erases a customer that is archived and whose data was handed out since.
     *
     * @param typed its name, once more
     * @returns whether all is gone already: else it goes on in the background
     * @throws Failure `tenant_changed` when it is not archived, `export_missing`, `tenant_name_differs`
     */
    erase: async (support: SupportUser, tenant: StoredTenant, typed: string): Promise<boolean> => {
      if (!tenant.archivedAt) throw new Failure('tenant_changed')
      if ((await store.personalData.listErasing()).some(({ id }) => id === tenant.id)) return false
      if (!isExported(tenant, await store.tenants.findExport(tenant.id))) throw new Failure('export_missing')
      if (normalizeName(typed) !== tenant.name) throw new Failure('tenant_name_differs')
      return begin(tenant, actorOf(support), tenant.archivedAt)
    },
  }
}
