import { expect, test } from 'vitest'
import { callLimits } from './call-limits.ts'

test('a second’s calls may come at once, then as many as are paid off', () => {
  let nowMs = 5_000
  const { calls, proxy } = callLimits({ callsPerSecond: 4, proxiedPerSecond: 0 }, () => nowMs)
  const tell = () => calls('a').headers.ratelimit
  expect([tell(), tell(), tell(), tell()]).toEqual([3, 2, 1, 0].map((left) => `"calls";r=${left};t=1`))
  expect(calls('a')).toEqual({
    refused: true,
    headers: { 'ratelimit-policy': '"calls";q=4;w=1', ratelimit: '"calls";r=0;t=1', 'retry-after': '1' },
  })
  // another key has its own, and a refused call costs nothing
  expect(calls('b').refused).toBe(false)
  nowMs += 250
  expect([calls('a').refused, calls('a').refused]).toEqual([false, true])
  nowMs += 10_000
  expect(tell()).toBe('"calls";r=3;t=1')
  expect(proxy('a')).toEqual({ refused: false, headers: {} })
})
