import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginning, checkpointAfter, movingQuestion, readMoving, startMovingRun } from './moving-run.ts'
import { type ListQuestion, pageSize, type SeenAnswer } from './question.ts'

/** What happens between two calls. */
type Change =
  | { kind: 'edit' | 'delete'; of: number }
  | { kind: 'add'; count: number }
  | { kind: 'touch_many'; count: number }

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('edit' as const), of: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), of: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('touch_many' as const), count: fc.constant(350) }) },
)

interface Rules {
  exclusive: boolean
  shuffled: boolean
}

/** A list that changes with every call, by whole seconds. */
const openProvider = (size: number, perSecond: number, { exclusive, shuffled }: Rules) => {
  let now = beginning + 1_000_000
  let made = 0
  const records = new Map<string, number>()
  const make = (second: number) => {
    records.set(`record-${made}`, second)
    made += 1
  }
  while (made < size) make(beginning + 1_000 + Math.floor(made / perSecond))
  const ids = () => [...records.keys()]
  const apply = (made: Change) => {
    const living = ids()
    if (made.kind === 'add') for (let count = 0; count < made.count; count += 1) make(now)
    else if (made.kind === 'touch_many') for (const id of living.slice(0, made.count)) records.set(id, now)
    else {
      const id = living[made.of % living.length]
      if (id === undefined) return
      if (made.kind === 'edit') records.set(id, now)
      else records.delete(id)
    }
  }
  let turn = 0
  // another order at every call; 32-bit arithmetic, since a product beyond 2^53 loses digits and falls into a short cycle
  const tie = (id: string) => {
    if (!shuffled) return id
    turn = (turn + 0x9e3779b9) | 0
    return Math.imul(Math.imul(turn ^ (turn >>> 16), 0x85ebca6b) ^ (turn >>> 13), 0xc2b2ae35)
  }
  const rowsOf = (question: ListQuestion) => {
    const rows = ids().map((id) => ({ id, second: records.get(id) ?? 0, tie: tie(id) }))
    if (question.kind !== 'since') return rows
    const from = exclusive ? question.since + 1 : question.since
    return rows.filter(({ second }) => second >= from).sort((a, b) => a.second - b.second || (a.tie < b.tie ? -1 : 1))
  }
  return {
    records,
    pass: (seconds: number) => {
      now += seconds
    },
    answer: (question: ListQuestion, changes: readonly Change[]): SeenAnswer => {
      now += 1
      const page = 'page' in question ? question.page : 1
      const rows = rowsOf(question).slice((page - 1) * pageSize, page * pageSize)
      for (const made of changes) apply(made)
      return { rows, at: now, total: null, more: null }
    },
  }
}

type Provider = ReturnType<typeof openProvider>

/** Runs until the head, as whoever stores each page would. @returns the next checkpoint, and the seconds not proven */
const run = (
  provider: Provider,
  copy: Map<string, number>,
  from: number,
  schedule: Change[][],
  known: { inclusive: boolean | null },
) => {
  let at = startMovingRun(from)
  for (let calls = 0; calls < 5_000; calls += 1) {
    const answer = provider.answer(movingQuestion(at, known.inclusive), schedule.shift() ?? [])
    const { outcome, inclusive } = readMoving(at, answer, known.inclusive)
    expect(outcome.kind).not.toBe('ignored')
    for (const { id, second } of answer.rows) if (id !== null && second !== null) copy.set(id, second)
    known.inclusive = inclusive
    const beganAt = at.beganAt ?? answer.at
    if (outcome.kind === 'done') return { checkpoint: checkpointAfter({ ...at, beganAt }), unproven: at.unproven }
    if (outcome.kind === 'continue') at = outcome.run
  }
  throw new Error('the run finds no end')
}

const lostOf = ({ records }: Provider, copy: ReadonlyMap<string, number>) =>
  [...records].filter(([id, second]) => copy.get(id) !== second).map(([id]) => id)

describe('a run by a moving time', () => {
  it.each<Rules>([
    { exclusive: false, shuffled: false },
    { exclusive: true, shuffled: false },
    { exclusive: false, shuffled: true },
  ])('loses nothing without naming its second, whatever changes between its calls (%j)', (rules) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900 }),
        fc.constantFrom(1, 40, 100, 250),
        fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 60 }),
        (size, perSecond, schedule) => {
          const provider = openProvider(size, perSecond, rules)
          const copy = new Map<string, number>()
          const known = { inclusive: null }
          const first = run(provider, copy, beginning, schedule, known)
          provider.pass(600)
          const second = run(provider, copy, first.checkpoint, [], known)
          const unproven = new Set([...first.unproven, ...second.unproven])
          if (!rules.shuffled) expect([...unproven]).toEqual([])
          expect(lostOf(provider, copy).filter((id) => !unproven.has(provider.records.get(id) ?? 0))).toEqual([])
        },
      ),
      { numRuns: 40 },
    )
  })

  it('asks once a list when nothing changed, also after an import', () => {
    const provider = openProvider(2_000, 1_000, { exclusive: false, shuffled: false })
    const known = { inclusive: null }
    const { checkpoint } = run(provider, new Map(), beginning, [], known)
    const at = startMovingRun(checkpoint)
    const answer = provider.answer(movingQuestion(at, known.inclusive), [])
    expect([answer.rows.length, readMoving(at, answer, known.inclusive).outcome.kind]).toEqual([0, 'done'])
  })

  it('costs little more than a call for each page', () => {
    const provider = openProvider(10_000, 1, { exclusive: false, shuffled: false })
    let calls = 0
    const counted = {
      ...provider,
      answer: (...args: Parameters<Provider['answer']>) => {
        calls += 1
        return provider.answer(...args)
      },
    }
    run(counted, new Map(), beginning, [], { inclusive: null })
    expect(calls).toBeLessThanOrEqual(110)
  })
})

it('a reader of pages loses records in such a storm', () => {
  const provider = openProvider(3_000, 1, { exclusive: false, shuffled: false })
  const there = new Set(provider.records.keys())
  const seen = new Set<string>()
  for (let page = 1; ; page += 1) {
    const { rows } = provider.answer({ kind: 'since', since: beginning, page }, [
      { kind: 'edit', of: page * 7 },
      { kind: 'delete', of: page * 3 },
    ])
    for (const { id } of rows) if (id !== null) seen.add(id)
    if (rows.length < pageSize) break
  }
  expect([...there].filter((id) => provider.records.has(id) && !seen.has(id)).length).toBeGreaterThan(0)
})
