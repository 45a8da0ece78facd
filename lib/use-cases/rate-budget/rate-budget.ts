import { withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { blockLength, type Decision, decideBlock, decideSome, lateMs } from '#lib/domain/rate-budget/rate-budget.ts'
import {
  type CallFor,
  giveBack,
  isHalved,
  noteRefusal,
  noteRemaining,
  type SpentCalls,
} from '#lib/domain/rate-budget/spent-calls.ts'
import type { CallWindow } from '#lib/domain/rate-budget/whose-calls.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { LimitEvidence, SeenLimit } from '#lib/ports/rate-budget.ts'

/** What this process holds of a window: calls that the sync was given and did not make yet, in the clock of the window. */
interface Block {
  times: number[]
  unused: number[]
  /** How many are taken next: as many as this process makes in time, so that others make the rest. */
  length: number
  /** Not before this are more tried. */
  growsAtMs: number
  /** How far the clock of the window is ahead of ours. */
  aheadMs: number
  /** What the last answer told, and when; written with the next calls. */
  seen: { remaining: number; atMs: number } | null
  filling: Promise<number> | null
  /** Who is decided on one after the other, and who comes next, together. */
  lines: Map<CallFor, Line>
}

interface Line {
  last: Promise<unknown>
  next: { count: number; taken: Promise<{ given: number[]; waitMs: number }> } | null
}

/** More processes than this never write at the same moment. */
const mostTries = 50
/** A clock that is read twice: what is due in less than this is due. */
const dueWithinMs = 5
const mostWindows = 10_000
/** Until it is known how many calls this process makes in time. */
const firstLength = 3
/** How long a block stays as short as it was found to be. */
const shrunkMs = 60_000

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/**
 * The calls of a client in an account, shared by all processes so that the provider never has to refuse one. Nothing waits in
 * here but a person's click: whoever is told to come back does something else meanwhile.
 */
export const rateBudget = ({ store, providers, clock, monotonicMs }: Deps) => {
  const blocks = new Map<string, Block>()

  const blockOf = ({ provider, clientId, accountId }: CallWindow): Block => {
    const key = JSON.stringify([provider, clientId, accountId])
    let block = blocks.get(key)
    if (!block) {
      // those that are forgotten count as made
      if (blocks.size >= mostWindows) blocks.clear()
      block = {
        ...{ times: [], unused: [], length: firstLength, growsAtMs: 0 },
        ...{ aheadMs: 0, seen: null, filling: null, lines: new Map() },
      }
      blocks.set(key, block)
    }
    return block
  }

  const limitOf = ({ provider }: CallWindow) => withTokens(providers[provider]).callsPerMinute

  /** One compare-and-swap: who loses looks again. */
  const change = async <T>(
    window: CallWindow,
    now: Date,
    step: (spent: SpentCalls, nowMs: number) => { spent: SpentCalls; result: T },
  ): Promise<T> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { spent, version, nowMs } = await store.rateBudgets.read(window, now)
      const after = step(spent, nowMs)
      if (await store.rateBudgets.replace(window, version, after.spent, now)) return after.result
    }
    throw new Failure('storage_unavailable')
  }

  const decide = (window: CallWindow, now: Date, decision: (spent: SpentCalls, nowMs: number) => Decision) => {
    const block = blockOf(window)
    const { unused, seen } = block
    block.unused = []
    block.seen = null
    return change(window, now, (spent, nowMs) => {
      block.aheadMs = nowMs - now.getTime()
      let known = giveBack(spent, unused)
      if (seen) known = noteRemaining(known, seen.remaining, limitOf(window), seen.atMs + block.aheadMs)
      const { spent: after, given, waitMs } = decision(known, nowMs)
      return { spent: after, result: { given, waitMs } }
    })
  }

  const fill = async (window: CallWindow, now: Date): Promise<number> => {
    const block = blockOf(window)
    const late = block.unused.length
    if (late > 0) {
      block.length = Math.max(block.length - late, 1)
      block.growsAtMs = now.getTime() + shrunkMs
    } else if (now.getTime() >= block.growsAtMs) block.length = Math.min(block.length + 1, blockLength)
    const { given, waitMs } = await decide(window, now, (spent, nowMs) =>
      decideBlock(spent, limitOf(window), nowMs, block.length),
    )
    block.times.push(...given)
    return waitMs
  }

  /** The next call of the block that this process holds; another block when it is used up. */
  const takeOfBlock = async (window: CallWindow, now: Date): Promise<number> => {
    const block = blockOf(window)
    for (;;) {
      const nowMs = now.getTime() + block.aheadMs
      while (block.times[0] !== undefined && block.times[0] < nowMs - lateMs)
        block.unused.push(...block.times.splice(0, 1))
      const [nextMs] = block.times
      if (nextMs !== undefined) {
        if (nextMs > nowMs + dueWithinMs) return nextMs - nowMs
        block.times.shift()
        return 0
      }
      block.filling ??= fill(window, now).finally(() => {
        block.filling = null
      })
      const waitMs = await block.filling
      if (waitMs > 0) return waitMs
    }
  }

  /** Those who ask while others are decided on share the statements that decide on them. */
  const takeTogether = async (window: CallWindow, by: CallFor, now: Date): Promise<number> => {
    const { lines } = blockOf(window)
    const line = lines.get(by) ?? { last: Promise.resolve(), next: null }
    lines.set(by, line)
    const decideNext = () => {
      const count = line.next?.count ?? 0
      line.next = null
      return decide(window, now, (spent, nowMs) => decideSome(spent, by, { count, limit: limitOf(window), nowMs }))
    }
    line.next ??= { count: 0, taken: line.last.then(decideNext) }
    const { next } = line
    const place = next.count
    next.count += 1
    line.last = next.taken.catch(() => {})
    const { given, waitMs } = await next.taken
    return place < given.length ? 0 : waitMs
  }

  /**
   * One call of a window.
   *
   * @returns 0 when it may leave now, and is to; else the milliseconds until it is worth asking again
   */
  const take = (window: CallWindow, by: CallFor, now: Date): Promise<number> => {
    return by === 'sync' ? takeOfBlock(window, now) : takeTogether(window, by, now)
  }

  /** Milliseconds until the next call of the sync that this process holds may leave; 0 when it holds none. */
  const heldInMs = (window: CallWindow, now: Date): number => {
    const { times, aheadMs } = blockOf(window)
    return Math.max((times[0] ?? 0) - now.getTime() - aheadMs, 0)
  }

  /** What the answer to a call told of the window. */
  const note = async (window: CallWindow, limit: SeenLimit | null, throttled: boolean, now: Date): Promise<void> => {
    const block = blockOf(window)
    if (!throttled) {
      if (limit) block.seen = { remaining: limit.remaining, atMs: now.getTime() }
      return
    }
    // what was taken for later is not made in the pause
    const unused = block.times.splice(0)
    const known = await change(window, now, (spent, nowMs) => ({
      spent: noteRefusal(giveBack(spent, unused), limit?.resetInMs ?? null, nowMs),
      result: isHalved(spent, nowMs),
    }))
    if (known) return
    const { tenantId, connectionId, provider } = window
    await store.journal.append(
      journalEntry({
        at: now,
        tenantId,
        connectionId,
        actor: { kind: 'system' },
        event: 'calls.refused',
        outcome: 'provider_throttled',
        detail: { provider },
      }),
    )
  }

  /**
   * A call that somebody waits for, made as soon as there is room, within the time that the call itself may take.
   *
   * @returns null when there was no room
   */
  const call = async <T extends LimitEvidence>(
    window: CallWindow,
    by: Exclude<CallFor, 'sync'>,
    deadlineMs: number,
    send: () => Promise<T>,
  ): Promise<T | null> => {
    const lastMs = monotonicMs() + deadlineMs
    for (;;) {
      const waitMs = await take(window, by, clock.now())
      if (waitMs === 0) break
      if (monotonicMs() + waitMs > lastMs) return null
      await pause(waitMs)
    }
    const answer = await send()
    await note(window, answer.limit, answer.throttled, clock.now())
    return answer
  }

  return { take, heldInMs, note, call }
}

export type RateBudget = ReturnType<typeof rateBudget>
