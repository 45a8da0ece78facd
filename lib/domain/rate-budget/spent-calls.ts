import { inWindow, windowMs } from './call-window.ts'

/** Who calls: a person who clicked, a back end, or the sync. */
export type CallFor = 'person' | 'back_end' | 'sync'

/** The calls of a window, by the time that each was given; those of the sync may lie ahead. All in one clock, in milliseconds. */
export interface SpentCalls {
  calls: Record<CallFor, readonly number[]>
  /** Calls that the provider counted and that are not ours: another program with the same client, in the same account. */
  others: { count: number; atMs: number } | null
  /** After a refusal: nobody calls before. */
  blockedUntilMs: number | null
  /** After a refusal: our share is half until then. */
  halvedUntilMs: number | null
  /** When a back end last found no room, and when the sync last asked for some. */
  backEndWaitedAtMs: number | null
  syncAskedAtMs: number | null
}

export const nothingSpent: SpentCalls = {
  calls: { person: [], back_end: [], sync: [] },
  others: null,
  blockedUntilMs: null,
  halvedUntilMs: null,
  backEndWaitedAtMs: null,
  syncAskedAtMs: null,
}

const halvedMs = 10 * 60_000
/** What the provider and we count differently for calls that are under way. */
const uncertain = 5
/** How long to wait after a refusal that does not say. */
const unknownResetMs = windowMs

/** Calls that never left. */
export const giveBack = (spent: SpentCalls, times: readonly number[]): SpentCalls => {
  const unused = new Set(times)
  return { ...spent, calls: { ...spent.calls, sync: spent.calls.sync.filter((atMs) => !unused.has(atMs)) } }
}

/** Believes what an answer told of the window: what it counts beside our own calls is somebody else's. */
export const noteRemaining = (spent: SpentCalls, remaining: number, limit: number, atMs: number): SpentCalls => {
  const ours = Object.values(spent.calls).reduce((sum, times) => sum + inWindow(times, atMs, windowMs), 0)
  const count = limit - remaining - ours
  return { ...spent, others: count > uncertain ? { count, atMs } : null }
}

/** A call was refused for the limit: nobody calls before the provider allows it, and our share is halved. */
export const noteRefusal = (spent: SpentCalls, resetInMs: number | null, nowMs: number): SpentCalls => ({
  ...spent,
  blockedUntilMs: nowMs + Math.max(resetInMs ?? unknownResetMs, 1_000),
  halvedUntilMs: nowMs + halvedMs,
})

export const isHalved = ({ halvedUntilMs }: SpentCalls, nowMs: number) =>
  halvedUntilMs !== null && nowMs < halvedUntilMs
