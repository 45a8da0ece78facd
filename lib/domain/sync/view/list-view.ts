import type { Tone } from '../../connections/connection-view.ts'
import { isForPerson } from '../sync-failure.ts'
import type { ListStatus } from '../sync-run.ts'

/** Whether the connection of a list can be read now, and why not. */
export type Access = 'works' | 'reconnect_required' | 'misconfigured' | 'paused' | 'disconnected'

/**
 * What a page says of the copy of a list, what matters most first. A failure that passes is no error: it is told with when
 * it is tried again; only what a person must do something about is.
 */
export const listHeadlines = [
  'reconnect_required',
  'misconfigured',
  'held',
  'forbidden',
  'paused',
  'disconnected',
  'stopped',
  'throttled',
  'retrying',
  'first',
  'requested',
  'rereading',
  'running',
  'checking',
  'up_to_date',
] as const

export type ListHeadline = (typeof listHeadlines)[number]

export const headlineTones: Record<ListHeadline, Tone> = {
  reconnect_required: 'bad',
  misconfigured: 'bad',
  held: 'neutral',
  forbidden: 'bad',
  paused: 'neutral',
  disconnected: 'neutral',
  stopped: 'neutral',
  throttled: 'warn',
  retrying: 'warn',
  first: 'neutral',
  requested: 'neutral',
  rereading: 'neutral',
  running: 'neutral',
  checking: 'neutral',
  up_to_date: 'ok',
}

/** These change while somebody looks. */
export const isUnderWay = (headline: ListHeadline): boolean =>
  ['first', 'requested', 'rereading', 'running', 'checking'].includes(headline)

export const headlineOf = (status: ListStatus, access: Access): ListHeadline => {
  const { stopped, held, failure, phase, completeAt, requested, startedAt, progress } = status
  if (access === 'reconnect_required' || access === 'misconfigured') return access
  if (stopped) return 'stopped'
  if (access !== 'works') return access
  if (held) return 'held'
  if (failure !== null && isForPerson(failure)) return 'forbidden'
  if (failure === 'provider_throttled') return 'throttled'
  if (failure !== null) return 'retrying'
  if (completeAt === null) return 'first'
  if (requested && startedAt === null) return 'requested'
  if (phase === 'first') return 'rereading'
  if (phase === 'incremental') return 'running'
  // a pass that nobody waits for goes on most of the time
  return phase === 'check' && progress ? 'checking' : 'up_to_date'
}

/** The one thing to say of several lists. */
export const foremost = (headlines: readonly ListHeadline[]): ListHeadline =>
  listHeadlines.find((headline) => headlines.includes(headline)) ?? 'up_to_date'

const earliest = (times: readonly (Date | null)[]): Date | null => {
  const known = times.filter((at) => at !== null)
  return known.length < times.length || known.length === 0
    ? null
    : new Date(Math.min(...known.map((at) => at.getTime())))
}

/** Of when copies are, and since when they are proven complete: of the one that is furthest behind. */
export const freshnessOf = (
  lists: readonly Pick<ListStatus, 'completeAt' | 'provenAt'>[],
): { completeAt: Date | null; provenAt: Date | null } => ({
  completeAt: earliest(lists.map(({ completeAt }) => completeAt)),
  provenAt: earliest(lists.map(({ provenAt }) => provenAt)),
})
