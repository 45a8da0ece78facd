import { fits, inWindow, leaveTimes, windowMs } from './call-window.ts'
import { type CallFor, isHalved, type SpentCalls } from './spent-calls.ts'

/** How late a call may leave after the time it was given; what did not leave by then is given back. */
export const lateMs = 500
/** A call is counted this much longer where the provider itself would refuse one: it may have arrived that late. */
const slackMs = lateMs + 1_000
/** The sync takes at most so many calls with one statement. */
export const blockLength = 10
/** How far ahead it may take them. */
const horizonMs = 10_000
/** As long as a back end was kept waiting so recently, the sync makes do with its own share. */
const backEndsFirstMs = 5_000

interface Share {
  /** Of the whole window, for all that is ours. */
  all: number
  reservedForPeople: number
  reservedForSync: number
}

const shareOf = (spent: SpentCalls, limit: number, nowMs: number): Share => {
  const all = isHalved(spent, nowMs) ? Math.floor(limit / 2) : limit
  return { all, reservedForPeople: Math.ceil(limit * 0.05), reservedForSync: Math.ceil(all * 0.2) }
}

const othersOf = ({ others }: SpentCalls) => (others ? Array<number>(others.count).fill(others.atMs) : [])

const recent = (atMs: number | null, ms: number, nowMs: number) => atMs !== null && nowMs - atMs < ms

/** Whether one more call may leave at a time. */
const mayLeave = (spent: SpentCalls, by: CallFor, atMs: number, limit: number): boolean => {
  const { person, back_end, sync } = spent.calls
  const { all, reservedForPeople, reservedForSync } = shareOf(spent, limit, atMs)
  const machines = [...back_end, ...sync, ...othersOf(spent)]
  if (!fits([...machines, ...person], atMs, windowMs + slackMs, by === 'person' ? limit : all)) return false
  if (by === 'person') return true
  const ofSync = inWindow(sync, atMs, windowMs)
  const owedToSync =
    by === 'back_end' && recent(spent.syncAskedAtMs, windowMs, atMs) ? Math.max(reservedForSync - ofSync, 0) : 0
  if (!fits(machines, atMs, windowMs, all - reservedForPeople - owedToSync)) return false
  if (by === 'back_end') return true
  return !recent(spent.backEndWaitedAtMs, backEndsFirstMs, atMs) || ofSync < reservedForSync
}

/** The first time from `fromMs` on at which one more call may leave. */
const firstTime = (spent: SpentCalls, by: CallFor, fromMs: number, limit: number): number => {
  const startMs = Math.max(fromMs, spent.blockedUntilMs ?? 0)
  const { person, back_end, sync } = spent.calls
  const counted = [...person, ...back_end, ...sync, ...othersOf(spent)]
  const waited = spent.backEndWaitedAtMs === null ? [] : [spent.backEndWaitedAtMs + backEndsFirstMs]
  for (const atMs of [startMs, ...leaveTimes(counted, [windowMs, windowMs + slackMs], waited, startMs)])
    if (mayLeave(spent, by, atMs, limit)) return atMs
  return startMs + windowMs
}

const withCall = (spent: SpentCalls, by: CallFor, atMs: number): SpentCalls => ({
  ...spent,
  calls: { ...spent.calls, [by]: [...spent.calls[by], atMs] },
})

/** What no judgement looks back to is forgotten. */
const prune = (spent: SpentCalls, nowMs: number): SpentCalls => {
  const still = (times: readonly number[]) => times.filter((atMs) => atMs > nowMs - windowMs - slackMs)
  const { person, back_end, sync } = spent.calls
  const { others } = spent
  return {
    ...spent,
    calls: { person: still(person), back_end: still(back_end), sync: still(sync) },
    others: others && still([others.atMs]).length > 0 ? others : null,
  }
}

export interface Decision {
  spent: SpentCalls
  /** When the calls may leave; empty when there is no room. */
  given: number[]
  /** Milliseconds until it is worth asking again; 0 when something was given. */
  waitMs: number
}

/** One call, now or not at all. */
export const decideOne = (seen: SpentCalls, by: CallFor, limit: number, nowMs: number): Decision => {
  const spent = prune(seen, nowMs)
  const atMs = firstTime(spent, by, nowMs, limit)
  if (atMs <= nowMs) return { spent: withCall(spent, by, nowMs), given: [nowMs], waitMs: 0 }
  const noted = by === 'back_end' ? { ...spent, backEndWaitedAtMs: nowMs } : spent
  return { spent: noted, given: [], waitMs: atMs - nowMs }
}

/** As many of some calls as may leave now. */
export const decideSome = (
  seen: SpentCalls,
  by: CallFor,
  { count, limit, nowMs }: { count: number; limit: number; nowMs: number },
): Decision => {
  let spent = seen
  const given: number[] = []
  while (given.length < count) {
    const one = decideOne(spent, by, limit, nowMs)
    spent = one.spent
    if (one.given.length === 0) return { spent, given, waitMs: one.waitMs }
    given.push(...one.given)
  }
  return { spent, given, waitMs: 0 }
}

/**
 * The next calls of the sync, evenly spread: at any moment the provider has counted as few as there can be, and who comes in
 * between finds room.
 */
export const decideBlock = (seen: SpentCalls, limit: number, nowMs: number, length = blockLength): Decision => {
  let spent: SpentCalls = { ...prune(seen, nowMs), syncAskedAtMs: nowMs }
  const given: number[] = []
  let nextMs = nowMs
  while (given.length < length) {
    const gapMs = windowMs / shareOf(spent, limit, nextMs).all
    nextMs = firstTime(spent, 'sync', Math.max(nowMs, (spent.calls.sync.at(-1) ?? 0) + gapMs), limit)
    if (nextMs > nowMs + horizonMs) break
    spent = withCall(spent, 'sync', nextMs)
    given.push(nextMs)
  }
  return { spent, given, waitMs: given.length > 0 ? 0 : nextMs - nowMs - horizonMs / 2 }
}
