import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ConnectionRecord } from '#lib/domain/connections/connection-record.ts'
import { type ConnectionView, viewConnection } from '#lib/domain/connections/connection-view.ts'
import { providerIds } from '#lib/domain/connections/provider.ts'
import { type JournalPlace, routine, wholeJournal } from '#lib/domain/journal/journal-view.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { GetConnection } from '../connections/get-connection.ts'

/** A connection as support sees it. */
export interface TenantConnection {
  record: ConnectionRecord
  view: ConnectionView
  diagnostic: string
}

const entriesShown = 25
const incidentsShown = 10

const essential = { ...wholeJournal, without: routine }

/** All that support needs of one customer, and no secret. */
export const getTenant = ({ store, clock }: Deps, { diagnose }: Pick<GetConnection, 'diagnose'>) => {
  const connectionsOf = async (tenantId: TenantId, now: Date): Promise<TenantConnection[]> => {
    const records = await Promise.all(providerIds.map((provider) => store.authorizations.find(tenantId, provider)))
    const begun = records.filter((record) => record !== null)
    const visible = begun.filter(({ status }) => status.state !== 'unconfigured')
    return Promise.all(
      (visible.length > 0 ? visible : begun).map(async (record) => ({
        record,
        view: viewConnection(record, { waitingCode: null, notice: null, now }),
        diagnostic: await diagnose(tenantId, record.provider),
      })),
    )
  }

  /** @returns null when there is no such tenant */
  const show = async (id: string, after: JournalPlace | null) => {
    const tenant = await store.accounts.findTenant(id)
    if (!tenant) return null
    const now = clock.now()
    const [connections, users, incidents, entries] = await Promise.all([
      connectionsOf(tenant.id, now),
      store.tenantUsers.list(tenant.id),
      store.incidents.listLately(tenant.id, incidentsShown),
      store.journal.list(tenant.id, essential, after, entriesShown + 1),
    ])
    const shown = entries.slice(0, entriesShown)
    const older = entries.length > entriesShown ? (shown.at(-1) ?? null) : null
    const admins = users.filter(({ role }) => role === 'admin')
    return { tenant, connections, admins, incidents, entries: shown, older, now }
  }
  return show
}
