import { describe, expect, it } from 'vitest'
import { blockLength, decideBlock, decideOne } from './rate-budget.ts'
import {
  type CallFor,
  giveBack,
  isHalved,
  noteRefusal,
  noteRemaining,
  nothingSpent,
  type SpentCalls,
} from './spent-calls.ts'

const limit = 200
const second = 1_000
const minute = 60 * second
const start = 1_000_000

/** As many calls of one kind as there is room for at one moment. */
const takeAll = (seen: SpentCalls, by: CallFor, nowMs: number, most = Number.POSITIVE_INFINITY, of = limit) => {
  let spent = seen
  for (let taken = 0; ; taken += 1) {
    const decided = taken < most ? decideOne(spent, by, of, nowMs) : null
    if (!decided || decided.given.length === 0)
      return { spent: decided?.spent ?? spent, taken, waitMs: decided?.waitMs ?? 0 }
    spent = decided.spent
  }
}

/** All that the sync may have until a moment, each block as soon as the one before is used up. */
const syncUntil = (seen: SpentCalls, fromMs: number, untilMs: number) => {
  let spent = seen
  const given: number[] = []
  for (let nowMs = fromMs; nowMs < untilMs; ) {
    const block = decideBlock(spent, limit, nowMs)
    spent = block.spent
    given.push(...block.given)
    nowMs = block.given.at(-1) ?? nowMs + block.waitMs
  }
  return { spent, given: given.filter((atMs) => atMs < untilMs) }
}

const countIn = (times: number[], fromMs: number) => times.filter((at) => at >= fromMs && at < fromMs + minute).length

describe('the calls of a minute', () => {
  it('are 190 for back ends, and 10 more for people alone', () => {
    const { spent, taken, waitMs } = takeAll(nothingSpent, 'back_end', start)
    expect([taken, waitMs]).toEqual([190, minute])
    expect(takeAll(spent, 'person', start).taken).toBe(10)
  })

  it('are all free again when the window has moved on', () => {
    const { spent } = takeAll(nothingSpent, 'back_end', start)
    expect(takeAll(spent, 'back_end', start + minute - 1).taken).toBe(0)
    // the provider may have counted the earlier ones a little later than they left
    expect(takeAll(spent, 'back_end', start + minute).taken).toBe(10)
    expect(takeAll(spent, 'back_end', start + minute + 1_500).taken).toBe(190)
  })

  it('are evenly spread where the sync takes them, in blocks, at 190 in every minute', () => {
    const first = decideBlock(nothingSpent, limit, start)
    expect(first.given).toEqual(Array.from({ length: blockLength }, (_, index) => start + index * 300))
    const { given } = syncUntil(nothingSpent, start, start + 10 * minute)
    for (let minutes = 0; minutes < 9; minutes += 1) expect(countIn(given, start + minutes * minute)).toBe(190)
    expect(Math.max(...given.map((at) => countIn(given, at)))).toBe(190)
  })

  it('leave 40 to the sync while it has work, and all to back ends while it has none', () => {
    const { spent } = decideBlock(nothingSpent, limit, start)
    expect(takeAll(spent, 'back_end', start + 3 * second).taken).toBe(190 - 40)
    const later = start + 2 * minute
    expect(takeAll(spent, 'back_end', later).taken).toBe(190)
  })

  it('go to back ends first: the sync makes do with its 40 while one of them waits', () => {
    const { spent: busy } = syncUntil(nothingSpent, start, start + 56_700)
    const refused = takeAll(busy, 'back_end', start + 59 * second)
    const { given } = decideBlock(refused.spent, limit, start + 59 * second)
    expect(Math.min(...given)).toBe(start + 64 * second)
    expect(takeAll(refused.spent, 'back_end', start + 63 * second).taken).toBeGreaterThan(8)
  })

  it('that never left are free for others', () => {
    const block = decideBlock(nothingSpent, limit, start)
    const spent = giveBack(block.spent, block.given.slice(3))
    expect(spent.calls.sync).toEqual(block.given.slice(0, 3))
  })

  it('of a provider with a smaller limit are shared alike', () => {
    const { spent, taken } = takeAll(nothingSpent, 'back_end', start, undefined, 60)
    expect(taken).toBe(57)
    expect(takeAll(spent, 'person', start, undefined, 60).taken).toBe(3)
  })
})

describe('what an answer tells', () => {
  it('is believed: calls of somebody else leave as many less for us, and for people too', () => {
    const ours = takeAll(nothingSpent, 'back_end', start, 20).spent
    const spent = noteRemaining(ours, 100, limit, start)
    expect(spent.others).toEqual({ count: 80, atMs: start })
    expect(takeAll(spent, 'back_end', start).taken).toBe(190 - 20 - 80)
    expect(takeAll(spent, 'person', start).taken).toBe(100)
    expect(takeAll(spent, 'back_end', start + minute + 1_500).taken).toBe(190)
  })

  it('is no reason to doubt where it differs by calls under way, or counts fewer', () => {
    const ours = takeAll(nothingSpent, 'back_end', start, 20).spent
    expect(noteRemaining(ours, 176, limit, start).others).toBeNull()
    expect(noteRemaining(ours, 199, limit, start).others).toBeNull()
  })

  it('is replaced by what the next one tells', () => {
    const crowded = noteRemaining(nothingSpent, 50, limit, start)
    expect(noteRemaining(crowded, 198, limit, start + second).others).toBeNull()
  })
})

describe('a refusal', () => {
  const refused = noteRefusal(nothingSpent, 20 * second, start)

  it.each<CallFor>(['person', 'back_end'])('stops a call of a %s until the time it names', (by) => {
    expect(takeAll(refused, by, start + 19 * second)).toMatchObject({ taken: 0, waitMs: second })
    expect(takeAll(refused, by, start + 20 * second).taken).toBeGreaterThan(0)
  })

  it('stops the sync too', () => {
    expect(decideBlock(refused, limit, start).given).toEqual([])
    expect(decideBlock(refused, limit, start + 15 * second).given[0]).toBe(start + 20 * second)
  })

  it('halves our share for ten minutes, people’s calls apart', () => {
    expect(takeAll(refused, 'back_end', start + minute).taken).toBe(90)
    expect(takeAll(refused, 'person', start + minute).taken).toBe(200)
    expect(isHalved(refused, start + 10 * minute - 1)).toBe(true)
    expect(takeAll(refused, 'back_end', start + 10 * minute).taken).toBe(190)
  })

  it('that names no time stops everybody for a minute', () => {
    const silent = noteRefusal(nothingSpent, null, start)
    expect(takeAll(silent, 'person', start + minute - 1).taken).toBe(0)
    expect(takeAll(silent, 'person', start + minute).taken).toBeGreaterThan(0)
  })
})
