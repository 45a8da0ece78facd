import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Delivery } from '#lib/domain/notifications/delivery.ts'
import type { Checkpoint, Phase } from '#lib/domain/sync/checkpoint.ts'
import type { ListId, SyncedList } from '#lib/domain/sync/list.ts'
import type { ListQuestion } from '#lib/domain/sync/question.ts'
import type { SyncedRecord } from '#lib/domain/sync/record.ts'
import type { FinishedRun, ListStatus, OddRecord } from '#lib/domain/sync/sync-run.ts'
import type { Tally } from '#lib/domain/sync/tally.ts'
import type { SeenLimit } from './rate-budget.ts'
import type { FeedStore } from './sync/feed.ts'

/** What a provider answered to a question about a list. */
export type ListAnswer = { limit: SeenLimit | null } & (
  | {
      kind: 'rows'
      rows: readonly unknown[]
      /** The provider's clock: its `Date` header. */
      at: Date | null
      total: number | null
      more: boolean | null
    }
  /** The record that was asked for by itself is not there. */
  | { kind: 'gone' }
  | { kind: 'failed'; failure: FailureCode; retryAfterMs: number | null }
)

/** What a provider whose lists are copied can be asked. Never throws for what it does. */
export type ReadList = (
  list: SyncedList,
  question: ListQuestion,
  accessToken: string,
  deadlineMs: number,
) => Promise<ListAnswer>

/** A list that this process reads a page of, under a lease. */
export interface ClaimedList {
  id: string
  tenantId: TenantId
  connectionId: string
  list: ListId
  provider: ProviderId
  owner: string
  /** How many steps were stored: the guard of the next one, beside the lease. */
  step: number
  /** The last change number given. */
  change: number
  /** Whose account the copy is of; null while that is unknown. */
  accountId: string | null
  checkpoint: Checkpoint
  tally: Tally
  startedAt: Date | null
  /** Who asked for the run under way; null where nobody did. */
  requestedBy: string | null
  failure: FailureCode | null
  attempts: number
  heldAt: Date | null
  completeAt: Date | null
}

/** What is known of a record that a page brought. */
export interface KnownRecord {
  id: string
  digest: string
  updatedAt: Date | null
  deleted: boolean
  /** It was missing when it was last asked for. */
  missing: boolean
}

/** One step, stored in one commit: whatever holds then is guarded by the lease and the step before. */
export interface StepWrite {
  checkpoint: Checkpoint
  /** Null waits until its connection works again. */
  dueInMs: number | null
  phase: Phase | null
  tally: Tally
  startedAt: Date | null
  requestedBy: string | null
  failure: FailureCode | null
  attempts: number
  heldAt: Date | null
  accountId: string | null
  /** The copy is one of another account from now on. */
  newEpoch?: boolean
  /** Set when the step reached the end, or proved the copy complete. */
  completeAt?: Date
  provenAt?: Date
  /** `added`: it was not there, or was deleted. */
  changed?: readonly (SyncedRecord & { digest: string; added: boolean })[]
  /** Suspects that came, unchanged. */
  returned?: readonly string[]
  /** Records that did not come although they were asked for. */
  missing?: readonly string[]
  deleted?: readonly string[]
  /** Hashes of erased ids that came: they are still there at the provider. */
  metErased?: readonly string[]
  /** Erased ids that were last met before this are taken to be gone there as well, until they are met again. */
  erasedGoneBefore?: Date
  /** Everything of a replaced account, a bounded number at a time. */
  purged?: readonly number[]
  /** The run that ends with this step, where it is worth telling. */
  ended?: { outcome: 'ok' | FailureCode; kind: Phase; startedAt: Date; tally?: Tally; requestedBy?: string | null }
  entries: readonly JournalEntry[]
  /** Who is told of what happened. */
  deliveries?: readonly Delivery[]
  now: Date
}

export interface Missing {
  n: number
  id: string
  name: string
}

export interface FoundList {
  step: number
  change: number
  checkpoint: Checkpoint
  heldAt: Date | null
  stoppedAt: Date | null
  /** Null while it waits for its connection. */
  dueAt: Date | null
}

export interface Intervention {
  checkpoint?: Checkpoint
  /** Null goes on, or begins again. */
  stopped: { by: string } | null
  /** Who asked for the run; what failed before is tried again. */
  requestedBy?: string
  /** To the question about a mass deletion; `keep` leaves the records for good, outside of every check. */
  answer?: 'delete' | 'keep'
  /** Whether something is to be read now. */
  due: boolean
}

export interface SyncStore extends FeedStore {
  /** Makes the rows of lists whose connection works, and wakes those that waited for it. */
  adopt(lists: readonly SyncedList[], checkpoint: Checkpoint, now: Date): Promise<void>
  /** Takes lists that are due and free, the most overdue first. */
  claimDue(limit: number, leaseMs: number, now: Date): Promise<ClaimedList[]>
  /** The same of one list, due or not. @returns null while somebody else has it, or it was stopped */
  claimList(tenantId: TenantId, list: ListId, leaseMs: number, now: Date): Promise<ClaimedList | null>
  /** Gives a claimed list back, unread. */
  release(claimed: ClaimedList, dueInMs: number | null, now: Date): Promise<void>
  /** @returns false when somebody else has the list now, or it was stopped: nothing was written. */
  store(claimed: ClaimedList, write: StepWrite): Promise<boolean>
  known(tenantId: TenantId, list: ListId, ids: readonly string[]): Promise<KnownRecord[]>
  /** What is stored of living records. */
  bodies(tenantId: TenantId, list: ListId, ids: readonly string[]): Promise<Pick<SyncedRecord, 'id' | 'body'>[]>
  /** Living records behind a row, in our own order; none that somebody decided to keep without the provider. */
  listBehind(tenantId: TenantId, list: ListId, after: number, limit: number): Promise<{ n: number; id: string }[]>
  /** Records that are missing and undecided. */
  listMissing(tenantId: TenantId, list: ListId, limit: number): Promise<Missing[]>
  /** Any row of a list, tombstones included. */
  listAny(tenantId: TenantId, list: ListId, limit: number): Promise<number[]>
  /** `living` are those that the provider should have; `missing` of them are suspects. */
  count(tenantId: TenantId, list: ListId): Promise<{ living: number; missing: number }>
  /** How the lists of a tenant stand. */
  status(tenantId: TenantId): Promise<ListStatus[]>
  /** How many lists of a tenant wait for an answer about a mass deletion. */
  countHeld(tenantId: TenantId): Promise<number>
  /** The runs of a tenant that are over, newest first. */
  history(tenantId: TenantId, limit: number): Promise<FinishedRun[]>
  /** Living records that stand apart, list by list, at most `limit` of each; and how many there are. */
  odd(tenantId: TenantId, lists: readonly ListId[], limit: number): Promise<{ records: OddRecord[]; count: number }>
  find(tenantId: TenantId, list: ListId): Promise<FoundList | null>
  /**
   * What a person asks of a list. A page in flight is not stored: it is read again.
   *
   * @returns false when a step was stored since it was found: it is to be found again
   */
  intervene(
    of: { tenantId: TenantId; list: ListId },
    seen: { step: number },
    change: Intervention,
    written: { now: Date; entry: JournalEntry },
  ): Promise<boolean>
  /**
   * Deletes a copy whose connection was cut before then, so many rows at a time: records, runs and hints; what was erased
   * for good stays so. Journaled when it begins.
   *
   * @returns whether more may be left
   */
  forgetCut(before: Date, limit: number, now: Date): Promise<boolean>
}
