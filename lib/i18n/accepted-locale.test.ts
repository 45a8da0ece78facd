import { expect, test } from 'vitest'
import { acceptedLocale } from './accepted-locale.ts'

test.each([
  ['nl', 'nl'],
  ['nl-BE,nl;q=0.9,fr;q=0.8', 'nl'],
  ['en;q=0.4, nl;q=0.8, fr;q=0.6', 'nl'],
  ['de-DE,de;q=0.9,en;q=0.8', 'en'],
  ['EN-gb', 'en'],
  ['nl;q=0, en;q=0.1', 'en'],
  ['de, *;q=0.5', 'fr'],
  ['*', 'fr'],
  ['nlx,enemy', 'fr'],
  ['nl;q=high', 'fr'],
  [';;,;q=', 'fr'],
  ['', 'fr'],
  [null, 'fr'],
])('a browser that asks for %j reads %s', (accepted, locale) => {
  expect(acceptedLocale(accepted)).toBe(locale)
})
