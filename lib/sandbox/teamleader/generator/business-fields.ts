import { type Random, sharedId } from './random.ts'
import { streets, tagWords, towns } from './vocabulary.ts'

/** At most 15 of them. */
const digits = (random: Random, count: number): string => String(random.below(10 ** count)).padStart(count, '0')

type Spelling = (...parts: string[]) => string

const frenchVat: Spelling[] = [
  (key, siren) => `FR${key}${siren}`,
  (key, siren) => `FR ${key} ${siren}`,
  (key, siren) => `fr${key}${siren}`,
  (_, siren = '') => `${siren.slice(0, 3)} ${siren.slice(3, 6)} ${siren.slice(6)}`,
]
const belgianVat: Spelling[] = [
  (a, b, c) => `BE${a}${b}${c}`,
  (a, b, c) => `BE${a}${b}${c}`,
  (a, b, c) => `BE ${a}.${b}.${c}`,
  (a, b, c) => `be${a}${b}${c}`,
  (a, b, c) => `${a}.${b}.${c}`,
  (a, b, c) => `BE-${a}-${b}-${c}`,
]

/** The number in the spelling that somebody happened to use. */
export function vatNumber(random: Random, country: string): string | null {
  if (random.chance(0.12)) return null
  if (random.chance(0.03)) return ''
  if (country === 'FR') return random.pick(frenchVat)(digits(random, 2), digits(random, 9))
  return random.pick(belgianVat)(`0${digits(random, 3)}`, digits(random, 3), digits(random, 3))
}

/** BCE, SIREN or SIRET; of a person the register's number. */
export const nationalNumber = (random: Random, spelled: 'company' | 'person', country: string): string | null => {
  if (random.chance(0.3)) return null
  if (spelled === 'person')
    return `${digits(random, 2)}.0${1 + random.below(9)}.1${digits(random, 1)}-${digits(random, 3)}.${digits(random, 2)}`
  return country === 'FR'
    ? digits(random, random.pick([9, 14]))
    : `0${digits(random, 3)}.${digits(random, 3)}.${digits(random, 3)}`
}

const pairs = (rest: string, between: string): string => rest.replaceAll(/(..)(?=.)/g, `$1${between}`)

const numbers: Spelling[] = [
  (_, area, rest) => `0${area}${rest}`,
  (code, area, rest = '') => `+${code} ${area} ${pairs(rest, ' ')}`,
  (code, area, rest) => `+${code}${area}${rest}`,
  (_, area, rest = '') => `0${area}/${pairs(rest, '.')}`,
  (code, area, rest = '') => `00${code} (0)${area} ${pairs(rest, ' ')}`,
]
const belgianAreas = ['4', '2', '9', '81', '471']

export function telephone(random: Random, country: string): string {
  const french = country === 'FR'
  const area = french ? String(1 + random.below(7)) : random.pick(belgianAreas)
  const rest = digits(random, french ? 8 : 8 - area.length)
  return random.pick(numbers)(french ? '33' : '32', area, rest)
}

export const website = (random: Random, host: string): string | null =>
  random.pick([`https://${host}`, `www.${host}`, host, `http://${host}/fr?a=1&b=2`, null, null, ''])

type Address = Record<string, unknown>

export function address(random: Random): Address | null {
  if (random.chance(0.1)) return null
  const [postalCode, city, country] = random.pick(towns)
  if (random.chance(0.05)) return { line_1: null, postal_code: null, city: null, country, area_level_two: null }
  return {
    line_1: `${random.pick(streets)} ${1 + random.below(300)}${random.pick(['', '', 'A', ' bis', ' bte 3'])}`,
    postal_code: postalCode,
    city: random.chance(0.1) ? city.toUpperCase() : city,
    country,
    area_level_two: random.chance(0.3)
      ? { type: 'area_level_two', id: sharedId('area_level_two', random.below(10)) }
      : null,
  }
}

/** `.info` has all of them with an addressee; the list shows the primary one without. */
export function addresses(random: Random, primary: Address | null, addressee: string | null): object[] {
  const more = ['invoicing', 'delivery', 'visiting'].filter(() => random.chance(0.1))
  return [
    ...(primary ? [{ type: 'primary', address: { addressee: null, ...primary } }] : []),
    ...more.map((type) => ({
      type,
      address: {
        addressee,
        ...(address(random) ?? {
          line_1: null,
          postal_code: null,
          city: null,
          country: 'BE',
          area_level_two: null,
        }),
      },
    })),
  ]
}

export const paymentTerm = (random: Random): object | null =>
  random.pick([
    { type: 'cash' },
    { type: 'after_invoice_date', days: 30 },
    { type: 'end_of_month', days: 15 },
    { type: 'end_of_month' },
    null,
  ])

export const tags = (random: Random): string[] => {
  const wanted = random.pick([0, 0, 1, 2, 3])
  const start = random.below(tagWords.length)
  return Array.from({ length: wanted }, (_, index) => tagWords[(start + index) % tagWords.length] as string)
}

export const iban = (random: Random): string | null => (random.chance(0.4) ? `BE${digits(random, 14)}` : null)
export const priceList = (random: Random): object | null =>
  random.chance(0.2) ? { type: 'priceList', id: sharedId('priceList', random.below(3)) } : null
