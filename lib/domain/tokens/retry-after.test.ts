import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

const now = new Date('2026-11-20T14:00:00Z')
const asked = (retryAfter: string | null, reset: string | null = null) => retryAfterMs({ retryAfter, reset }, now)
const quarter = 15 * 60_000

describe('how long a provider asks to wait', () => {
  it.each([
    ['7', null, 7_000],
    ['0', null, 1_000],
    ['99999', null, quarter],
    ['Fri, 20 Nov 2026 14:01:00 GMT', null, 60_000],
    ['Fri, 20 Nov 2026 13:00:00 GMT', null, 1_000],
    [null, '2026-11-20T14:00:30Z', 30_000],
    [null, '2026-11-20T15:00:30+01:00', 30_000],
    [null, '2026-11-20T15:00:30+0100', 30_000],
    [null, '2026-11-20T14:00:30.250Z', 30_250],
    [null, String(now.getTime() / 1000 + 30), 30_000],
    ['7', '2026-11-20T14:05:00Z', 7_000],
    [null, null, null],
    ['soon', null, null],
    ['', null, null],
    ['-5', null, null],
    ['1.5', null, null],
    [null, 'soon', null],
    [null, '', null],
    ['soon', '2026-11-20T14:00:30Z', 30_000],
  ])('Retry-After %j, X-RateLimit-Reset %j: %j ms', (retryAfter, reset, ms) => {
    expect(asked(retryAfter, reset)).toBe(ms)
  })

  it('is between a second and a quarter of an hour, whatever it writes', () => {
    const header = fc.option(fc.oneof(fc.string(), fc.nat().map(String), fc.date({ noInvalidDate: true }).map(String)))
    fc.assert(
      fc.property(header, header, (retryAfter, reset) => {
        const ms = asked(retryAfter, reset)
        if (ms === null) return
        expect(ms).toBeGreaterThanOrEqual(1_000)
        expect(ms).toBeLessThanOrEqual(quarter)
      }),
    )
  })
})
