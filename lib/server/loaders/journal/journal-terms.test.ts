import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { type Locale, locales } from '#lib/domain/accounts/user.ts'
import { messages } from '#lib/i18n/messages.ts'
import { termsOf } from './journal-terms.ts'

const people = [
  { id: 'marie', name: 'Marie Delvaux' },
  { id: 'luc', name: 'Luc Lefèvre' },
]

const termsIn = (locale: Locale, typed: string) =>
  termsOf(typed, createTranslator({ locale, messages: messages[locale] }), people)

test('a word stands for what the journal shows that begins with it, in the language of who reads', () => {
  expect(termsIn('fr', 'TESTÉ')).toMatchObject([{ events: ['connection.tested'], people: [], providers: [] }])
  expect(termsIn('nl', 'getest')).toMatchObject([{ events: ['connection.tested'] }])
  expect(termsIn('fr', 'lefevr')).toMatchObject([{ people: ['luc'], events: [] }])
  expect(termsIn('fr', 'supp')[0]?.actors).toContain('support')
  expect(termsIn('fr', 'Vandenbrœck')[0]?.tenant).toBe('vandenbroeck')
  expect(termsIn('fr', 'teo')[0]?.providers).toEqual(['teo'])
  expect(termsIn('fr', 'échec')[0]?.failed).toBe(true)
  expect(termsIn('fr', 'invalid')[0]?.outcomes).toContain('invalid_client')
  expect(termsIn('en', 'recognise')[0]?.outcomes).toContain('invalid_client')
})

test('several words are to be there at once, each by what it stands for', () => {
  expect(termsIn('fr', 'marie testée')).toMatchObject([{ events: ['connection.tested'] }, { people: ['marie'] }])
})

test('a word is looked for in the details, unless it would be found in their names or by chance in an id', () => {
  const factOf = (typed: string) => termsIn('fr', typed)[0]?.fact
  expect([factOf('econnreset'), factOf('401'), factOf('c0715e')]).toEqual(['econnreset', '401', 'c0715e'])
  expect([factOf('client'), factOf('face'), factOf('pk')]).toEqual([null, null, null])
})

test.each(locales)('what is no word finds nothing, and nothing typed asks for nothing, in %s', (locale) => {
  expect(termsIn(locale, '')).toEqual([])
  for (const typed of ['?!', 'xyzzyx'])
    expect(termsIn(locale, typed)).toMatchObject([
      { events: [], outcomes: [], failed: false, actors: [], people: [], providers: [] },
    ])
})
