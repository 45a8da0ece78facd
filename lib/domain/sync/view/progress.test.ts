import { describe, expect, it } from 'vitest'
import { startCheck } from '../known-id-check.ts'
import { beginning, startMovingRun } from '../moving-run.ts'
import { startPagedRun } from '../paged-run.ts'
import { noTally } from '../tally.ts'
import { paceOf, progressOf, readingMs } from './progress.ts'

const read = (count: number) => ({ ...noTally, read: count })

describe('how far a run is', () => {
  it('has no end that is known, the first time', () => {
    const run = startMovingRun(beginning)
    expect(progressOf({ run, check: null }, { tally: read(300), stored: 300, complete: false })).toEqual({
      ...{ done: 300, total: null },
    })
  })

  it('has as many as are stored when all is read again, and never more than all', () => {
    const run = startMovingRun(beginning, true)
    const at = (count: number) => progressOf({ run, check: null }, { tally: read(count), stored: 500, complete: true })
    expect(at(300)).toEqual({ done: 300, total: 500 })
    expect(at(510)).toEqual({ done: 510, total: 510 })
  })

  it('is told by a list that says its total', () => {
    const run = { ...startPagedRun(), total: 34, met: ['a', 'b'] }
    expect(progressOf({ run, check: null }, { tally: noTally, stored: 0, complete: false })).toEqual({
      ...{ done: 2, total: 34 },
    })
  })

  it('of a check is told where somebody waits for it, and not of a pass that goes on by itself', () => {
    const of = (fast: boolean) =>
      progressOf(
        { run: null, check: { ...startCheck(fast, 5_000), tally: read(200) } },
        { tally: noTally, stored: 250, complete: true },
      )
    expect(of(true)).toEqual({ done: 200, total: 250, since: new Date(5_000) })
    expect(of(false)).toBeNull()
  })
})

describe('how fast it goes', () => {
  const startedAt = new Date(0)

  it('is told with what is left, where the end is known', () => {
    const lists = [{ progress: { done: 1_000, total: 4_000 }, startedAt }]
    expect(paceOf(lists, new Date(30_000))).toEqual({ done: 1_000, total: 4_000, rate: 2_000, leftMs: 90_000 })
  })

  it('knows no end while one list has none', () => {
    const lists = [
      { progress: { done: 1_000, total: 4_000 }, startedAt },
      { progress: { done: 500, total: null }, startedAt },
    ]
    expect(paceOf(lists, new Date(30_000))).toEqual({ done: 1_500, total: null, rate: 3_000, leftMs: null })
  })

  it('is told of a check, which is no run that began', () => {
    const check = { progress: { done: 200, total: 250, since: startedAt }, startedAt: null }
    expect(paceOf([check], new Date(30_000))).toEqual({ done: 200, total: 250, rate: 400, leftMs: 7_500 })
  })

  it('is not guessed from a moment, and nothing is told of what stands still', () => {
    expect(paceOf([{ progress: { done: 100, total: 200 }, startedAt }], new Date(500))?.rate).toBe(0)
    expect(paceOf([{ progress: null, startedAt }], new Date(30_000))).toBeNull()
  })
})

it('all is read again in what the limit of the provider leaves', () => {
  expect(readingMs(0)).toBe(60_000)
  expect(readingMs(50_000)).toBe(3 * 60_000)
  expect(readingMs(101_433)).toBe(6 * 60_000)
})
