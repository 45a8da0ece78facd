import { prefixesOf, wordsOf } from '../../support/search-words.ts'
import type { Json, SyncedRecord } from '../record.ts'

/** A record with more words than this is found by the first of them. */
const mostWords = 40
const longestWord = 60

/** Fields whose words a record is found by. */
const texts = [
  ...['emails', 'primary_address', 'tags', 'website', 'vat_number', 'national_identification_number'],
  ...['number', 'service', 'telephones'],
]
/** Fields of digits that people paste in any spelling. */
const numbers = new Set(['vat_number', 'national_identification_number', 'telephones', 'number'])

/** Within a field, what only names the kind of a value. */
const unsearched = new Set(['type', 'id', '@type', '@id', 'country', 'area_level_two'])

/** Countries whose numbers are written with and without their code. */
const callingCodes = ['352', '32', '33', '31', '49', '44', '34', '39', '41']

const withoutZeros = (digits: string) => digits.replace(/^0+/, '')

const isInternational = (text: string) => /^\s*(\+|00)/.test(text)

/** Of a number with its country's code, what is dialled within the country. */
const national = (digits: string) => {
  const code = callingCodes.find((each) => digits.startsWith(each))
  return code === undefined ? digits : withoutZeros(digits.slice(code.length))
}

const digitsOf = (text: string) => withoutZeros(text.replace(/\D/g, ''))

/** « BE 0457.741.515 » is found as `457741515` and as `be0457741515`, « +32 81 55 04 12 » as `81550412` too. */
const numberWords = (text: string): string[] => {
  const digits = digitsOf(text)
  if (digits.length < 4) return []
  return [digits, wordsOf(text).join(''), ...(isInternational(text) ? [national(digits)] : [])]
}

/** The texts in a value, however deep. */
const textsIn = (value: Json | undefined): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (unsearched.has(key) ? [] : textsIn(inner)))
}

/** Without those that another one begins with: whoever types such a word finds the other one. */
const longest = (words: readonly string[]): string[] => {
  const sorted = words.toSorted()
  return sorted.filter((word, at) => !sorted[at + 1]?.startsWith(word))
}

/** What a record is found by: the beginnings of the words of its name and of some of its fields, folded. */
export const recordWordsOf = ({ name, body }: Pick<SyncedRecord, 'name' | 'body'>): string[] => {
  const found = texts.flatMap((field) => {
    const inside = textsIn(body[field])
    // the digits first: what is pasted is looked for as a whole
    return [...(numbers.has(field) ? inside.flatMap(numberWords) : []), ...inside.flatMap(wordsOf)]
  })
  const words = [...wordsOf(name), ...found].map((word) =>
    // in UTF-16 a word is no shorter
    word.length <= longestWord ? word : Array.from(word).slice(0, longestWord).join(''),
  )
  return longest([...new Set(words)].slice(0, mostWords))
}

/** Six digits and more, with whatever parts them, a sign before and the letters of a country. */
const typedNumber = /(?<![\p{L}\p{N}])(?:\p{L}{2}[\s.-]?)?(?:\+\s?)?\d(?:[\s./()-]*\d){5,}(?![\p{L}\p{N}])/gu

/** What is looked for when somebody types this: beginnings of words, and numbers in any spelling. */
export const recordPrefixesOf = (typed: string): string[] => {
  const asNumber = (text: string) => {
    const number = text.replace(/^\s*\p{L}{2}[\s.-]?/u, '')
    return isInternational(number) ? national(digitsOf(number)) : digitsOf(number)
  }
  const pasted = (typed.match(typedNumber) ?? []).map(asNumber).filter((digits) => digits !== '')
  return prefixesOf([...pasted, typed.replace(typedNumber, ' ')].join(' '))
}
