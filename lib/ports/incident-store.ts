import type { ConnectionState } from '../domain/connection.ts'
import type { Delivery } from '../domain/delivery.ts'
import type { Digest } from '../domain/digest.ts'
import type { ProviderId } from '../domain/provider.ts'
import type { TenantId } from '../domain/tenant.ts'

/** An incident as a mail tells of it, with the connection as it is now. */
export interface IncidentStory {
  tenantName: string
  provider: ProviderId
  state: ConnectionState
  reason: string
  openedAt: Date
  closedAt: Date | null
  /** Until when the access token still serves; null when it does not. */
  servedUntil: Date | null
}

/** A connection that waits for a person of its tenant. */
export interface Broken {
  provider: ProviderId
  state: ConnectionState
  since: Date
}

/** An incident as support reads of it. */
export interface LateIncident {
  id: string
  provider: ProviderId
  reason: string
  openedAt: Date
  closedAt: Date | null
}

export interface IncidentStore {
  /** Opens one for each connection that has been without a valid token for `ms` for a passing reason. @returns how many */
  openOverdue(ms: number, now: Date): Promise<number>
  /** Newest first. */
  listLately(tenantId: TenantId, limit: number): Promise<LateIncident[]>
  /** Oldest first. */
  list(tenantId: TenantId): Promise<{ reason: string; openedAt: Date; closedAt: Date | null }[]>
  /**
   * Open for at least `ms`, and told to nobody: not of a provider that fails for everybody, nor of a connection that is
   * paused, replaced, or never worked.
   */
  listUntold(ms: number, limit: number, now: Date): Promise<{ id: string; tenantId: TenantId }[]>
  /** Puts an open incident's alert among the deliveries, once. */
  tell(id: string, alert: readonly Delivery[], now: Date): Promise<boolean>
  /** Closed ones whose alert went out, and whose end was not told yet; `well` when the connection works again. */
  listEnded(limit: number): Promise<{ id: string; tenantId: TenantId; well: boolean }[]>
  /** Puts its recovery among the deliveries, or nothing where there is none to tell of, once. */
  tellEnd(id: string, recovery: readonly Delivery[], now: Date): Promise<boolean>
  /** What ended before anybody was told of it needs no word. */
  passOverUntold(now: Date): Promise<void>
  find(id: string, now: Date): Promise<IncidentStory | null>
  /** Of one tenant, by index. */
  listBroken(tenantId: TenantId): Promise<Broken[]>
  digest(limit: number, sinceMs: number, now: Date): Promise<Digest>
}
