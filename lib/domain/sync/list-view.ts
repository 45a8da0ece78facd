import type { Tone } from '../connections/connection-view.ts'
import { isForPerson } from './sync-failure.ts'
import type { ListStatus } from './sync-run.ts'

/**
 * What a page says of the copy of a list. A failure that passes is no error: it is told with when it is tried again; only
 * what a person must do something about is.
 */
export type ListHeadline =
  | 'stopped'
  | 'connection'
  | 'held'
  | 'forbidden'
  | 'throttled'
  | 'retrying'
  | 'first'
  | 'running'
  | 'requested'
  | 'up_to_date'

export const headlineTones: Record<ListHeadline, Tone> = {
  stopped: 'neutral',
  connection: 'neutral',
  held: 'bad',
  forbidden: 'bad',
  throttled: 'warn',
  retrying: 'warn',
  first: 'neutral',
  running: 'neutral',
  requested: 'neutral',
  up_to_date: 'ok',
}

/** @param works whether its connection can be read now */
export const headlineOf = (status: ListStatus, works: boolean, now: Date): ListHeadline => {
  const { stopped, held, failure, phase, completeAt, dueAt } = status
  if (stopped) return 'stopped'
  if (held) return 'held'
  if (!works) return 'connection'
  if (failure !== null && isForPerson(failure)) return 'forbidden'
  if (failure === 'provider_throttled') return 'throttled'
  if (failure !== null) return 'retrying'
  if (completeAt === null) return 'first'
  if (phase === 'first' || phase === 'incremental') return 'running'
  return dueAt !== null && dueAt <= now && phase === null ? 'requested' : 'up_to_date'
}
