import type { Locale } from '#lib/domain/accounts/user.ts'
import { messages } from './messages.ts'

const isLocale = (text: string): text is Locale => Object.hasOwn(messages, text)

/** « nl-BE;q=0.8 »: a range and its weight, 1 where none is said. */
const readRange = (entry: string) => {
  const [range = '', ...params] = entry.split(';').map((part) => part.trim().toLowerCase())
  const weight = params.find((param) => /^q\s*=/.test(param))?.replace(/^q\s*=\s*/, '')
  return { locale: range.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) || 0 }
}

/**
 * What a browser asks for among our languages; French where it asks for none of them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4
 */
export const acceptedLocale = (accepted: string | null): Locale =>
  (accepted ?? '')
    .split(',')
    .map(readRange)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ locale }) => locale)
    .find(isLocale) ?? 'fr'
