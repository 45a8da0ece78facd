import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryInMs } from './delivery.ts'

const day = 24 * 3_600_000

test('what cannot be delivered is tried for about a day, ever less often, and then given up', () => {
  const pauses = Array.from({ length: 8 }, (_, index) => retryInMs(index + 1, 0.5) ?? 0)
  expect(pauses[0]).toBe(10_000)
  expect([...pauses].sort((a, b) => a - b)).toEqual(pauses)
  const total = pauses.reduce((sum, ms) => sum + ms, 0)
  expect(total).toBeGreaterThan(0.9 * day)
  expect(total).toBeLessThan(1.1 * day)
  expect(retryInMs(9, 0.5)).toBeNull()
})

test('a receiver that asks to be spared is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, jitter) => {
      const plain = retryInMs(attempts, jitter) ?? 0
      expect(retryInMs(attempts, jitter, 15 * 60_000)).toBeGreaterThanOrEqual(Math.max(plain, 15 * 60_000))
    }),
  )
  expect(retryInMs(9, 0.5, 60_000)).toBeNull()
})
