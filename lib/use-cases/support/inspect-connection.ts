import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ConnectionRecord } from '#lib/domain/connections/connection-record.ts'
import { type ConnectionView, viewConnection } from '#lib/domain/connections/connection-view.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { LoggedDelivery } from '#lib/ports/notifications.ts'
import type { GetConnection } from '../connections/get-connection.ts'

/** The mails that reached somebody since a connection broke. */
export interface Notified {
  names: string[]
  /** When the last of them was delivered. */
  at: Date
  /** Whether an admin has signed in since. */
  visited: boolean
}

/** A connection as support sees it. */
export interface TenantConnection {
  record: ConnectionRecord
  view: ConnectionView
  diagnostic: string
  /** Who was notified that it is broken; null while nobody was. */
  notified: Notified | null
}

const deliveriesRead = 50
const incidentsRead = 10

/** What support reads of one connection. */
export const inspectConnection = ({ store, clock }: Deps, { diagnose }: Pick<GetConnection, 'diagnose'>) => {
  const notifiedOf = async ({ tenantId, provider, status }: ConnectionRecord): Promise<Notified | null> => {
    const [deliveries, incidents, users] = await Promise.all([
      store.deliveries.list(tenantId, deliveriesRead),
      store.incidents.listLately(tenantId, incidentsRead),
      store.tenantUsers.list(tenantId),
    ])
    const open = incidents.filter((incident) => incident.provider === provider && incident.closedAt === null)
    const isAbout = ({ kind, payload, createdAt }: LoggedDelivery) =>
      (kind === 'alert' && open.some(({ id }) => id === payload.incidentId)) ||
      (kind === 'reconnect_request' && payload.provider === provider && createdAt >= status.since)
    const reached = deliveries
      .filter(isAbout)
      .flatMap(({ recipient, deliveredAt }) =>
        recipient && deliveredAt ? [{ name: recipient.name, at: deliveredAt }] : [],
      )
    if (reached.length === 0) return null
    const at = new Date(Math.max(...reached.map((mail) => mail.at.getTime())))
    const visited = users.some(({ role, lastSignInAt }) => role === 'admin' && lastSignInAt && lastSignInAt > at)
    return { names: [...new Set(reached.map(({ name }) => name))].sort(), at, visited }
  }

  const inspect = async (record: ConnectionRecord): Promise<TenantConnection> => {
    const view = viewConnection(record, { waitingCode: null, notice: null, now: clock.now() })
    const broken = view.tone === 'bad' || view.tone === 'warn'
    const [diagnostic, notified] = await Promise.all([
      diagnose(record.tenantId, record.provider),
      broken ? notifiedOf(record) : null,
    ])
    return { record, view, diagnostic, notified }
  }

  const find = async (tenantId: TenantId, provider: ProviderId): Promise<TenantConnection | null> => {
    const record = await store.authorizations.find(tenantId, provider)
    return record && inspect(record)
  }

  return { inspect, find }
}

export type InspectConnection = ReturnType<typeof inspectConnection>
