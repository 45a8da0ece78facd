import type { FailureCode } from '../failure-codes.ts'
import type { Phase } from './checkpoint.ts'
import type { ListId } from './list.ts'
import type { Tally } from './tally.ts'
import type { Progress } from './view/progress.ts'

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
