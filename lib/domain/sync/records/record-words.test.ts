import { describe, expect, test } from 'vitest'
import { recordPrefixesOf, recordWordsOf } from './record-words.ts'

/** Whether what is typed finds a record, as the store looks: each beginning is one of a word. */
const finds = (typed: string, words: string[]) => {
  const prefixes = recordPrefixesOf(typed)
  return prefixes.length > 0 && prefixes.every((prefix) => words.some((word) => word.startsWith(prefix)))
}

const hubert = recordWordsOf({
  name: 'Cabinet Hubert Ønotaires',
  body: {
    vat_number: 'BE 0457.741.515',
    national_identification_number: '0457.741.515',
    emails: [{ type: 'primary', email: 'mb.decrombrugghe@hubert.example' }],
    telephones: [
      { type: 'phone', number: '+32 81 55 04 12' },
      { type: 'mobile', number: '0471/22.33.44' },
    ],
    primary_address: { line_1: 'Chaussée de Charleroi 112', postal_code: '1060', city: 'Saint-Gilles', country: 'BE' },
    tags: ['succession'],
    number: '2026-000123',
  },
})

describe('a record is found', () => {
  test.each([
    'hubert',
    'HUBÉRT cab',
    'onotaires',
    'decrombrugghe',
    'succession 1060',
    'saint-gilles',
    // numbers, in whatever spelling
    '0457741515',
    'BE0457741515',
    'be 0457 741 515',
    '0457.741.515 hubert',
    'BE0457',
    '+32 81 55 04 12',
    '+3281550412',
    '0032 81/55.04.12',
    '081 55 04 12',
    '081/550412',
    '0471 22 33 44',
    '+32 471 22 33 44',
    '+32 (0)471 22 33 44',
    '2026-000123',
    '2026000123',
  ])('by %o', (typed) => {
    expect(finds(typed, hubert)).toBe(true)
  })

  test.each(['ubert', 'primary', 'phone', '0457 741 516', '+33 81 55 04 13', 'zzz hubert', ''])(
    'not by %o',
    (typed) => {
      expect(finds(typed, hubert)).toBe(false)
    },
  )
})

test('what is kept of the words of a record is bounded', () => {
  const tags = Array.from({ length: 300 }, (_, index) => `étiquette${100 + index}`)
  const words = recordWordsOf({ name: 'x'.repeat(5_000), body: { tags } })
  expect(words).toHaveLength(40)
  expect(Math.max(...words.map((word) => word.length))).toBe(60)
})

test('what another word begins with is kept once', () => {
  expect(recordWordsOf({ name: 'Brux Bruxelles BRUX', body: { emails: [{ email: 'b@brux.example' }] } })).toEqual([
    'bruxelles',
    'example',
  ])
})

test('a postal code with a zero in front stays what it is', () => {
  const words = recordWordsOf({ name: 'Nice', body: { primary_address: { postal_code: '06000' } } })
  expect(finds('06000', words)).toBe(true)
})
