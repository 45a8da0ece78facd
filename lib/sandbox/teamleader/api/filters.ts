import { isRecord } from '#lib/sandbox/control/script.ts'
import type { Version } from '../generator/record-kind.ts'
import type { AccountBook } from '../records/account-book.ts'
import { companyIdsOf, describeItem } from '../records/describe-record.ts'
import type { RecordTable } from '../records/record-table.ts'
import { ApiRefusal } from './api-error.ts'

type Item = Record<string, unknown>
type Test = (item: Item, wanted: unknown) => boolean

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/

const letters = (value: unknown): string =>
  String(value)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
const digits = (value: unknown): string => String(value).replaceAll(/\D/g, '')

/** A VAT number is the same in every spelling, with its country or without. */
const sameVat = (value: unknown, wanted: unknown): boolean => {
  if (typeof value !== 'string' || letters(value) === '') return false
  const [one, other] = [letters(value), letters(wanted)]
  return one === other || (digits(one).length >= 9 && digits(one) === digits(other))
}

const listOf = (value: unknown): Item[] => (Array.isArray(value) ? value : [])

function holdsTerm(item: Item, term: string): boolean {
  const texts = [
    item.name,
    item.first_name,
    item.last_name,
    [item.first_name, item.last_name].join(' '),
    item.vat_number,
  ]
  const emails = listOf(item.emails).map(({ email }) => email)
  const wanted = term.toLowerCase()
  if ([...texts, ...emails].some((text) => typeof text === 'string' && text.toLowerCase().includes(wanted))) return true
  const number = digits(term)
  if (number.length < 4 || /[a-z]{3}/i.test(term)) return false
  return [item.vat_number, ...listOf(item.telephones).map((telephone) => telephone.number)].some((value) =>
    digits(value).includes(number),
  )
}

/** The filters over what an item says; a value of the wrong kind is ignored. */
const filters: Record<string, Test> = {
  status: ({ status }, wanted) => (Array.isArray(wanted) ? wanted.includes(status) : status === wanted),
  term: (item, wanted) => typeof wanted !== 'string' || holdsTerm(item, wanted),
  tags: ({ tags }, wanted) =>
    !Array.isArray(wanted) || wanted.every((tag) => Array.isArray(tags) && tags.includes(tag)),
  vat_number: ({ vat_number }, wanted) => sameVat(vat_number, wanted),
  national_identification_number: ({ national_identification_number: number }, wanted) =>
    typeof number === 'string' && letters(number) === letters(wanted),
  marketing_mails_consent: (item, wanted) => typeof wanted !== 'boolean' || item.marketing_mails_consent === wanted,
  email: ({ emails }, wanted) => !isRecord(wanted) || listOf(emails).some(({ email }) => email === wanted.email),
}

/** Of `updated_since`, in seconds; undefined where the request has none. */
export function readSince(filter: Record<string, unknown>): number | undefined {
  const { updated_since } = filter
  if (updated_since === undefined || updated_since === null) return undefined
  if (instant.test(String(updated_since))) return Math.ceil(Date.parse(String(updated_since)) / 1000)
  throw new ApiRefusal(400, 'updated_since must be a date and time with an offset', 'filter.updated_since')
}

/** What is left of a filter beside `ids` and `updated_since`; undefined where nothing is. */
export function readTests(
  book: AccountBook,
  table: RecordTable,
  filter: Record<string, unknown>,
): ((version: Version) => boolean) | undefined {
  const asked = Object.entries(filter).filter(([name]) => Object.hasOwn(filters, name))
  const byCompany = 'company_id' in filter
  if (asked.length === 0 && !byCompany) return undefined
  const worksFor = ({ company_id }: Record<string, unknown>, version: Version): boolean => {
    const ids = companyIdsOf(book, version)
    return company_id === null ? ids.length === 0 : ids.some((id) => id === company_id)
  }
  return (version) => {
    if (byCompany && !worksFor(filter, version)) return false
    if (asked.length === 0) return true
    const item = describeItem(table, version)
    return asked.every(([name, wanted]) => filters[name]?.(item, wanted))
  }
}
