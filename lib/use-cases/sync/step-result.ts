import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Checkpoint } from '#lib/domain/sync/checkpoint.ts'
import type { MissingFields } from '#lib/domain/sync/records/missing-fields.ts'
import type { ListAnswer, StepWrite } from '#lib/ports/sync.ts'

export type Rows = Extract<ListAnswer, { kind: 'rows' }>

/** What an answer means for a list: where it stands now, and what else is stored with it. */
export type StepResult =
  | ({ kind: 'stored'; checkpoint: Checkpoint; missingFields?: MissingFields; hiddenFields?: string[] } & Partial<
      Omit<StepWrite, 'checkpoint' | 'now' | 'dueInMs' | 'phase'>
    >)
  /** Nothing can be concluded from it, so nothing of it is stored. */
  | { kind: 'refused'; failure: FailureCode }
