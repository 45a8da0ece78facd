import { expect, test } from 'vitest'
import { calendarOf, isDay } from './calendar-day.ts'

test.each([
  ['Europe/Brussels', '2026-11-22', '2026-11-21T23:00:00.000Z', '2026-11-22T23:00:00.000Z'],
  ['Europe/Brussels', '2026-07-01', '2026-06-30T22:00:00.000Z', '2026-07-01T22:00:00.000Z'],
  ['America/Montreal', '2026-11-22', '2026-11-22T05:00:00.000Z', '2026-11-23T05:00:00.000Z'],
  ['Pacific/Kiritimati', '2026-11-22', '2026-11-21T10:00:00.000Z', '2026-11-22T10:00:00.000Z'],
  ['Asia/Kathmandu', '2026-11-22', '2026-11-21T18:15:00.000Z', '2026-11-22T18:15:00.000Z'],
  // 23 hours, then 25
  ['Europe/Brussels', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['Europe/Brussels', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ['America/Montreal', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
  ['America/Montreal', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
  // begins at 1:00: summer time takes its first hour
  ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
  // 0:00 comes twice
  ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
])('in %s %s lasts from %s to %s', (zone, day, from, until) => {
  const { startOf, endOf } = calendarOf(zone)
  expect(startOf(day)?.toISOString()).toBe(from)
  expect(endOf(day)?.toISOString()).toBe(until)
})

test.each(['', '2026-02-30', '2026-13-01', '22/11/2026', '2026-11-22T10:00', '0001-01-01', 'DROP TABLE'])(
  '%o is no day',
  (text) => {
    const { startOf, endOf } = calendarOf('Europe/Brussels')
    expect([isDay(text), startOf(text), endOf(text)]).toEqual([false, null, null])
  },
)

test('an instant is told by the clock of the zone', () => {
  const at = new Date('2026-11-22T23:30:05.000Z')
  const told = (zone: string) => calendarOf(zone).timeOf(at)
  expect(told('Europe/Brussels')).toBe('2026-11-23 00:30:05')
  expect(told('America/Montreal')).toBe('2026-11-22 18:30:05')
})
