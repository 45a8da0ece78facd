import type { FailureCode } from '../failure-codes.ts'
import type { Phase } from './checkpoint.ts'
import type { ListId } from './list.ts'
import type { Progress } from './view/progress.ts'

/** What one run did, as far as it has come. */
export interface Tally {
  added: number
  changed: number
  deleted: number
  calls: number
  /** Records that came, changed or not. */
  read: number
  /** Records without what tells them apart: they are not stored. */
  unreadable: number
  /** Seconds in which more changed than could be proven read. */
  unproven: number
}

export const noTally: Tally = { added: 0, changed: 0, deleted: 0, calls: 0, read: 0, unreadable: 0, unproven: 0 }

/** How the copy of a list stands, as pages tell it. */
export interface ListStatus {
  list: ListId
  /** Living records; null before anything was read. */
  records: number
  phase: Phase | null
  tally: Tally
  startedAt: Date | null
  /** Somebody asked for a run. */
  requested: boolean
  /** Of what is under way; null where that cannot be told. */
  progress: Progress | null
  /** The end of the last run that reached the head: never erased. */
  completeAt: Date | null
  /** When a count was last equal. */
  provenAt: Date | null
  dueAt: Date | null
  failure: FailureCode | null
  /** Fields that the provider hides, where that is the failure. */
  hidden: string[]
  attempts: number
  stopped: { at: Date; by: string | null } | null
  /** A mass deletion that somebody must decide on. */
  held: { at: Date; count: number; names: string[] } | null
  /** The last run that changed something. */
  lastChange: { at: Date; tally: Tally } | null
}

export const changedSomething = ({ added, changed, deleted }: Tally): boolean => added + changed + deleted > 0

export const addTally = (a: Tally, b: Partial<Tally>): Tally => ({
  added: a.added + (b.added ?? 0),
  changed: a.changed + (b.changed ?? 0),
  deleted: a.deleted + (b.deleted ?? 0),
  calls: a.calls + (b.calls ?? 0),
  // stored before it was counted
  read: (a.read ?? 0) + (b.read ?? 0),
  unreadable: a.unreadable + (b.unreadable ?? 0),
  unproven: a.unproven + (b.unproven ?? 0),
})

/** A run that is over, as pages tell it. */
export interface FinishedRun {
  id: string
  list: ListId
  kind: Phase
  /** Who asked for it; null where nobody did, or somebody who is gone. */
  by: string | null
  startedAt: Date
  finishedAt: Date
  outcome: 'ok' | FailureCode
  tally: Tally
}

/**
 * Why a record stands apart: `nameless`, nothing says what it is called; `kept`, the provider has it no more and somebody
 * decided to keep it; `undated`, nothing says when it changed, so only a pass over all ids finds that it did.
 */
export type Oddity = 'nameless' | 'kept' | 'undated'

export interface OddRecord {
  list: ListId
  id: string
  name: string
  oddity: Oddity
}
