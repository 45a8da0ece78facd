import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold, prefixEnd, prefixesOf, searchWordsOf, sortNameOf, wordsOf } from './search-words.ts'

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))
const bytes = (word: string) => Buffer.from(word, 'utf8')

test.each([
  ['Établissements Vandenbroeck-Lacroix & Fils', ['etablissements', 'vandenbroeck', 'lacroix', 'fils']],
  ['L’Œuf d’Or, Liège', ['l', 'oeuf', 'd', 'or', 'liege']],
  ['IJsselmeer ĳzer Straße', ['ijsselmeer', 'ijzer', 'strasse']],
  ['marie.delvaux@atelier-delvaux.example', ['marie', 'delvaux', 'atelier', 'delvaux', 'example']],
  ['CH-10482/b', ['ch', '10482', 'b']],
  ['…', []],
])('%s is found by its words, without case and accents', (typed, messages) => {
  expect(wordsOf(typed)).toEqual(messages)
})

test('case and accents change nothing, and folding again changes nothing', () => {
  fc.assert(
    fc.property(text, (typed) => {
      expect(fold(typed.toUpperCase())).toBe(fold(typed))
      expect(fold(typed.normalize('NFD'))).toBe(fold(typed))
      expect(fold(fold(typed))).toBe(fold(typed))
      expect(fold(typed)).not.toMatch(/\p{M}/u)
    }),
  )
})

test('every beginning of every word finds it, in the order of bytes', () => {
  fc.assert(
    fc.property(text, fc.nat(), (typed, at) => {
      for (const word of searchWordsOf([typed])) {
        const letters = Array.from(word)
        const prefix = letters.slice(0, 1 + (at % letters.length)).join('')
        expect(bytes(prefix).compare(bytes(word))).toBeLessThanOrEqual(0)
        expect(bytes(word).compare(bytes(prefixEnd(prefix)))).toBeLessThan(0)
      }
    }),
  )
})

test('what does not begin with a prefix is not in its range', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [prefix] = wordsOf(one)
      for (const word of wordsOf(other)) {
        if (!prefix || word.startsWith(prefix)) continue
        const before = bytes(word).compare(bytes(prefix)) < 0
        expect(before || bytes(word).compare(bytes(prefixEnd(prefix))) >= 0).toBe(true)
      }
    }),
  )
})

test('a word that another begins with is not looked for twice; the rarest come first', () => {
  expect(prefixesOf(' Van  VAN vandenb 10 ')).toEqual(['vandenb', '10'])
  expect(prefixesOf('a b c d e f g h i j')).toHaveLength(8)
  expect(prefixesOf('x'.repeat(500))).toEqual(['x'.repeat(60)])
  expect(prefixesOf('?!')).toEqual([])
})

test('a name sorts by its words, and one without letters by itself', () => {
  expect(sortNameOf('Établissements «  Été  »')).toBe('etablissements ete')
  expect(sortNameOf('???')).toBe('???')
})
