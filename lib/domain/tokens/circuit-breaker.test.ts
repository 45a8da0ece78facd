import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideOutage, type Tally } from './circuit-breaker.ts'

const none = { calls: 0, connections: 0 }
const tally = (calls: number, passing = none, grant_dead = none): Tally => ({ calls, failing: { passing, grant_dead } })
const of = (calls: number, connections = calls) => ({ calls, connections })

describe('an outage', () => {
  it.each([
    ['nothing was asked', tally(0), null],
    ['all went well', tally(1000), null],
    ['four connections fail, all calls', tally(40, of(40, 4)), null],
    ['five connections fail, all calls', tally(5, of(5)), 'no_answer'],
    ['five connections fail, half of the calls', tally(10, of(5)), 'no_answer'],
    ['five connections fail, less than half', tally(11, of(5)), null],
    ['many calls of one connection fail', tally(100, of(100, 1)), null],
    ['five grants are dead, half of the calls', tally(10, none, of(5)), 'refusals'],
    ['five grants are dead among many', tally(1000, none, of(5)), null],
    ['it answers nobody, after refusals', tally(12, of(6), of(6)), 'no_answer'],
    ['three fail and three are refused', tally(6, of(3), of(3)), null],
  ])('when %s', (_, seen, kind) => {
    expect(decideOutage(seen)).toBe(kind)
  })

  it('is never one of fewer than five connections, nor of the lesser part of the calls', () => {
    const failing = fc.record({ calls: fc.nat(200), connections: fc.nat(20) })
    fc.assert(
      fc.property(failing, failing, fc.nat(200), (passing, grant_dead, ok) => {
        const calls = passing.calls + grant_dead.calls + ok
        const kind = decideOutage(tally(calls, passing, grant_dead))
        if (kind === null) return
        const meant = kind === 'no_answer' ? passing : grant_dead
        expect(meant.connections).toBeGreaterThanOrEqual(5)
        expect(meant.calls * 2).toBeGreaterThanOrEqual(calls)
      }),
    )
  })
})
