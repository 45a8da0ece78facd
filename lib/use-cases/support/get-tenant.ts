import type { StoredTenant, TenantId } from '#lib/domain/accounts/tenant.ts'
import { isReleased } from '#lib/domain/accounts/user.ts'
import { providerIds } from '#lib/domain/connections/provider.ts'
import type { JournalFilter, JournalPlace } from '#lib/domain/journal/journal-view.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ReadJournal } from '../journal/read-journal.ts'
import type { InspectConnection, TenantConnection } from './inspect-connection.ts'

const entriesShown = 25
const incidentsShown = 10

/** All that support needs of one customer, and no secret. */
export const getTenant = (
  { store, clock }: Deps,
  { inspect }: Pick<InspectConnection, 'inspect'>,
  readJournal: ReadJournal,
) => {
  const connectionsOf = async (tenantId: TenantId): Promise<TenantConnection[]> => {
    const records = await Promise.all(providerIds.map((provider) => store.authorizations.find(tenantId, provider)))
    const begun = records.filter((record) => record !== null)
    const visible = begun.filter(({ status }) => status.state !== 'unconfigured')
    return Promise.all((visible.length > 0 ? visible : begun).map(inspect))
  }

  const show = async (tenant: StoredTenant, filter: JournalFilter, after: JournalPlace | null) => {
    const now = clock.now()
    const [connections, users, incidents, journal] = await Promise.all([
      connectionsOf(tenant.id),
      store.tenantUsers.list(tenant.id),
      store.incidents.listLately(tenant.id, incidentsShown),
      readJournal(tenant.id, filter, after, entriesShown),
    ])
    const admins = users.filter(({ role }) => role === 'admin')
    const gone = users.filter(({ state, email }) => state === 'deactivated' && !isReleased(email))
    return { tenant, connections, admins, gone, incidents, journal, now }
  }
  return show
}
