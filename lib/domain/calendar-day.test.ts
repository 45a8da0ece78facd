import { expect, test } from 'vitest'
import { belgianDay, belgianTime, endOfDay, startOfDay } from './calendar-day.ts'

test.each([
  ['2026-11-22', '2026-11-21T23:00:00.000Z', '2026-11-22T23:00:00.000Z'],
  ['2026-07-01', '2026-06-30T22:00:00.000Z', '2026-07-01T22:00:00.000Z'],
  // 23 hours, then 25
  ['2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
])('%s lasts from %s to %s', (day, from, until) => {
  expect(startOfDay(day)?.toISOString()).toBe(from)
  expect(endOfDay(day)?.toISOString()).toBe(until)
})

test.each(['', '2026-02-30', '2026-13-01', '22/11/2026', '2026-11-22T10:00', '0001-01-01', 'DROP TABLE'])(
  '%o is no day',
  (text) => {
    expect(startOfDay(text)).toBeNull()
    expect(endOfDay(text)).toBeNull()
  },
)

test('an instant is told by the clock of Brussels', () => {
  const at = new Date('2026-11-22T23:30:05.000Z')
  expect([belgianDay(at), belgianTime(at)]).toEqual(['2026-11-23', '2026-11-23 00:30:05'])
})
