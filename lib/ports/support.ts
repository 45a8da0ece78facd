import type { Tenant, TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { ConsoleCursor, ConsolePlace, ConsoleView, Urgency } from '#lib/domain/support/console-view.ts'

/** A connection as support's list shows it. */
export interface ConsoleRow {
  tenant: Tenant
  provider: ProviderId
  urgency: Urgency
  status: ConnectionStatus
  archivedAt: Date | null
  /** The instant of the backup it came from, until somebody decides. */
  restoredAt: Date | null
  /** The next refresh, or the next attempt after a failure; null when none is tried. */
  nextAttemptAt: Date | null
  place: ConsolePlace
}

export interface ConsoleCounts {
  /** Tenants, whatever number of connections each has. */
  tenants: number
  /** Those that are archived, and counted nowhere else. */
  archived: number
  /** Tenants with a connection that waits for help. */
  inNeed: number
  connections: Record<Urgency, number>
  /** Authorizations that failed. */
  failed: number
}

export interface ConsoleStore {
  /**
   * At most `limit` connections on from the cursor, in the order they are shown; none that another one replaced.
   *
   * @returns partial when more tenants match than are looked at
   */
  list(
    view: ConsoleView,
    cursor: ConsoleCursor | null,
    limit: number,
  ): Promise<{ rows: ConsoleRow[]; partial: boolean }>
  /** The connections of these ids, as far as they are there and none replaced them, in this order. */
  read(ids: readonly string[]): Promise<ConsoleRow[]>
  /** The active admins of these tenants, by id, and which tenants support asked something since then. */
  askable(
    tenantIds: readonly TenantId[],
    since: Date,
  ): Promise<{ admins: ReadonlyMap<TenantId, readonly string[]>; asked: ReadonlySet<TenantId> }>
  count(failedSince: Date): Promise<ConsoleCounts>
  /** Connections that wait for the operator: its own client is refused, or gone from the settings; authorizations since an instant. */
  countOperatorFault(since: Date): Promise<number>
  /** The operator's clients that token sets were minted by, and how many each. */
  countSharedClients(): Promise<{ identifier: string; tokenSets: number }[]>
  /** Of the connections of a provider that another one replaces: how many are replaced, and how many not yet. */
  countReplaced(provider: ProviderId): Promise<{ done: number; left: number }>
  /** Completes tenants that no words are indexed of, at most `limit`. @returns how many there were */
  indexTenants(limit: number): Promise<number>
}

export interface TenantStore {
  /**
   * Names a tenant anew while it is named as seen; lists and the search know it by the new name at once.
   *
   * @returns false when it is not named so any more, or the reference is taken
   */
  rename(seen: Tenant, to: Pick<Tenant, 'name' | 'ref'>, entry: JournalEntry): Promise<boolean>
  /**
   * Pauses its connections, ends the sessions of its people and kills their links; from then on nobody of it can
   * sign in, and its API keys are refused. @returns false when it is archived already, or not there
   */
  archive(tenantId: TenantId, userId: string, entry: JournalEntry): Promise<boolean>
  /**
   * Lets everybody in again, and switches on what archiving paused.
   *
   * @param ahead providers whose tokens are refreshed ahead of their end
   * @returns false when it is not archived since then any more
   */
  unarchive(
    which: { id: TenantId; archivedAt: Date },
    ahead: readonly ProviderId[],
    entry: JournalEntry,
  ): Promise<boolean>
  /** When all that is kept of a tenant was last handed out. */
  findExport(tenantId: TenantId): Promise<Date | null>
}
