import type { Json } from '../record.ts'

/** How `true` and `false` are said. */
export interface YesNo {
  yes: string
  no: string
}

const text = (value: Json | undefined) => (typeof value === 'string' ? value.trim() : '')

const joined = (...parts: string[]) => parts.filter((part) => part !== '').join(' ')

/** What a value of a provider says to a person, a line for each part; none where it says nothing. */
export const linesOf = (value: Json | undefined, words: YesNo): string[] => {
  if (value === undefined || value === null) return []
  if (typeof value === 'boolean') return [value ? words.yes : words.no]
  if (typeof value === 'number') return [String(value)]
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()]
  if (Array.isArray(value)) return value.flatMap((inner) => linesOf(inner, words))
  if ('email' in value) return linesOf(value.email, words)
  if ('number' in value) return linesOf(value.number, words)
  // an address
  if ('line_1' in value) {
    const place = joined(text(value.postal_code), text(value.city))
    return [text(value.line_1), [place, text(value.country)].filter((part) => part !== '').join(', ')].filter(
      (line) => line !== '',
    )
  }
  // a field of the customer's own
  if ('definition' in value) return linesOf(value.value, words)
  if ('name' in value) return linesOf(value.name, words)
  // a term, or what only names another record
  const said = joined(text(value.id) === '' ? text(value.type) : text(value.id), linesOf(value.days, words).join(''))
  return said === '' ? [] : [said]
}
