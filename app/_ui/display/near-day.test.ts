import { expect, test } from 'vitest'
import { cityOf, nearness } from './near-day.ts'

const [brussels, montreal] = ['Europe/Brussels', 'America/Montreal'] as const

test.each([
  // the day of 25 hours is still the same in its last hour, and the day before it yesterday
  [brussels, '2026-10-25T22:30:00Z', '2026-10-24T21:00:00Z', 'yesterday'],
  [montreal, '2026-11-02T04:30:00Z', '2026-10-31T18:00:00Z', 'yesterday'],
  // the day of 23 hours is yesterday in the first hour behind it, and the day before is not
  [brussels, '2026-03-29T22:30:00Z', '2026-03-28T20:00:00Z', 'other'],
  [brussels, '2026-03-29T22:30:00Z', '2026-03-29T10:00:00Z', 'yesterday'],
  [brussels, '2026-03-28T22:30:00Z', '2026-03-29T21:00:00Z', 'tomorrow'],
  [montreal, '2026-11-23T02:00:00Z', '2026-11-22T12:00:00Z', 'today'],
  [brussels, '2026-11-23T02:00:00Z', '2026-11-22T12:00:00Z', 'yesterday'],
])('in %s, at %s, %s is %s', (zone, now, at, near) => {
  expect(nearness(new Date(at), new Date(now), zone)).toBe(near)
})

test.each([
  ['Europe/Brussels', 'fr', 'Bruxelles'],
  ['Europe/Brussels', 'nl', 'Brussel'],
  ['Europe/Brussels', 'en', 'Brussels'],
  ['America/Argentina/Buenos_Aires', 'fr', 'Buenos Aires'],
])('%s in %s is %s', (zone, locale, city) => {
  expect(cityOf(zone, locale)).toBe(city)
})
