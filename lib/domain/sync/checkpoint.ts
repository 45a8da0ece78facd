import { dayMs, hourMs, minuteMs } from '../duration.ts'
import type { CountProbe } from './count-probe.ts'
import { type KnownIdCheck, startCheck } from './known-id-check.ts'
import type { SyncedList } from './list.ts'
import { beginning, type MovingRun, startMovingRun } from './moving-run.ts'
import { type PagedRun, startPagedRun } from './paged-run.ts'
import type { MissingFields } from './records/missing-fields.ts'

/** A list that is read in one answer. */
interface WholeRun {
  reading: 'whole'
}

export type Run = MovingRun | PagedRun | WholeRun

/** Where the copy of a list stands: stored with each page, in one commit. Times are milliseconds since 1970. */
export interface Checkpoint {
  /** Every record that was last changed before this second is stored in that version. */
  since: number
  /** Whether the list's `updated_since` includes its own second; null until learned. */
  inclusive: boolean | null
  /** Under way, or null. */
  run: Run | null
  check: KnownIdCheck | null
  probe: CountProbe | null
  /** When each of them is due. */
  runAt: number
  checkAt: number
  probeAt: number
  /** The next run begins at the beginning and reads every page besides. */
  thorough: boolean
  /** The next count follows one that was not equal. */
  recount: boolean
  /** What is stored of an account that was replaced is deleted before anything is read. */
  purging: boolean
  /** Fields that may be hidden; none before they were looked for. */
  missingFields?: MissingFields
}

export type Task =
  | { kind: 'run'; run: Run }
  | { kind: 'check'; check: KnownIdCheck }
  | { kind: 'probe'; probe: CountProbe | null }
  | { kind: 'purge' }
  /** Nothing is due before. */
  | { kind: 'wait'; until: number }

export const checkEveryMs = hourMs

/** The minute of the day at which a tenant's copies are counted: the same each day, another for each tenant. */
export const nextProbeAt = (tenantId: string, nowMs: number): number => {
  let minute = 0
  for (const letter of tenantId) minute = (minute * 31 + letter.charCodeAt(0)) % (24 * 60)
  const today = Math.floor(nowMs / dayMs) * dayMs + minute * minuteMs
  return today > nowMs ? today : today + dayMs
}

/** @param probeAt the first count follows the first run */
export const firstCheckpoint = (nowMs: number): Checkpoint => ({
  since: beginning,
  inclusive: null,
  run: null,
  check: null,
  probe: null,
  runAt: nowMs,
  checkAt: nowMs + checkEveryMs,
  probeAt: nowMs,
  thorough: false,
  recount: false,
  purging: false,
})

const startRun = ({ reading }: SyncedList, { since, thorough }: Checkpoint): Run => {
  if (reading === 'whole') return { reading }
  return reading === 'pages' ? startPagedRun() : startMovingRun(thorough ? beginning : since, thorough)
}

/** What to do next: a run that is under way or due first, then what it asked for, then a pass, then a count. */
export const nextTask = (list: SyncedList, at: Checkpoint, held: boolean, nowMs: number): Task => {
  if (at.purging) return { kind: 'purge' }
  if (at.run) return { kind: 'run', run: at.run }
  if (at.runAt <= nowMs) return { kind: 'run', run: startRun(list, at) }
  if (at.probe) return { kind: 'probe', probe: at.probe }
  const later: number[] = [at.runAt]
  // while somebody is asked about a mass deletion, no pass adds to it
  if (at.check && !(held && at.check.stage === 'asking')) {
    if (at.check.fast || at.checkAt <= nowMs) return { kind: 'check', check: at.check }
    later.push(at.checkAt)
  }
  if (list.reading === 'moving') {
    if (at.probeAt <= nowMs && !at.check?.fast) return { kind: 'probe', probe: null }
    if (!at.check && !held) {
      if (at.checkAt <= nowMs) return { kind: 'check', check: startCheck(false, nowMs) }
      later.push(at.checkAt)
    }
    if (!at.check?.fast) later.push(at.probeAt)
  }
  return { kind: 'wait', until: Math.min(...later) }
}

/** Milliseconds until something is due. */
export const msUntilDue = (list: SyncedList, at: Checkpoint, held: boolean, nowMs: number): number => {
  const task = nextTask(list, at, held, nowMs)
  return task.kind === 'wait' ? Math.max(task.until - nowMs, 0) : 0
}

/** What a page says of a list that is being worked on. */
export type Phase = 'first' | 'incremental' | 'check'

export const phaseOf = ({ run, check, probe, since }: Checkpoint): Phase | null => {
  if (run) return since === beginning || (run.reading === 'moving' && run.from === beginning) ? 'first' : 'incremental'
  return check || probe ? 'check' : null
}
