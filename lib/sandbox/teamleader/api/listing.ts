import { isRecord } from '#lib/sandbox/control/script.ts'
import type { ListItem } from '#lib/sandbox/list-item.ts'
import { ApiRefusal } from './api-error.ts'
import { company } from './contact.ts'

type Test = (item: ListItem, wanted: unknown) => boolean

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/

const within = (text: unknown, term: string): boolean =>
  typeof text === 'string' && text.toLowerCase().includes(term.toLowerCase())

/** The filters that exist; any other is ignored, as is a value of the wrong kind. */
const filters: Record<string, Test> = {
  ids: ({ id }, wanted) => !Array.isArray(wanted) || wanted.includes(id),
  status: ({ status }, wanted) => (Array.isArray(wanted) ? wanted.includes(status) : status === wanted),
  term: (item, wanted) =>
    typeof wanted !== 'string' || [item.name, item.first_name, item.last_name].some((text) => within(text, wanted)),
  tags: ({ tags }, wanted) =>
    !Array.isArray(wanted) || wanted.every((tag) => Array.isArray(tags) && tags.includes(tag)),
  vat_number: ({ vat_number }, wanted) => vat_number === wanted,
  company_id: (item, wanted) => (item as { [company]?: string })[company] === wanted,
  email: ({ emails }, wanted) =>
    !isRecord(wanted) || (Array.isArray(emails) && emails.some(({ email }) => email === wanted.email)),
  updated_since: ({ updated_at }, wanted) => Date.parse(String(updated_at)) >= Date.parse(String(wanted)),
}

export function select(items: ListItem[], filter: unknown): ListItem[] {
  if (!isRecord(filter)) return items
  const { updated_since } = filter
  if (updated_since !== undefined && !instant.test(String(updated_since))) {
    throw new ApiRefusal(400, 'updated_since must be a date and time with an offset', 'filter.updated_since')
  }
  return items.filter((item) =>
    Object.entries(filter).every(([name, wanted]) => !Object.hasOwn(filters, name) || filters[name]?.(item, wanted)),
  )
}

const sortable = ['name', 'added_at', 'updated_at']

export function order(items: ListItem[], sort: unknown): ListItem[] {
  const [first] = Array.isArray(sort) ? sort : []
  if (!isRecord(first) || !sortable.includes(String(first.field))) return items
  const field = first.field === 'name' && items[0]?.name === undefined ? 'last_name' : String(first.field)
  const sign = first.order === 'desc' ? -1 : 1
  return items.toSorted((a, b) => sign * String(a[field]).localeCompare(String(b[field])))
}

/** A page of 20, at most 100, counted from 1; past the end it is empty. */
export function paginate(items: ListItem[], page: unknown): ListItem[] {
  const { size = 20, number = 1 } = isRecord(page) ? page : {}
  const [length, position] = [Number(size), Number(number)]
  if (!Number.isInteger(length) || length < 1 || length > 100) {
    throw new ApiRefusal(400, 'Page size must be between 1 and 100', 'page.size')
  }
  if (!Number.isInteger(position) || position < 1)
    throw new ApiRefusal(400, 'Page number must be at least 1', 'page.number')
  return items.slice((position - 1) * length, position * length)
}

/** Leaves out what was not included and what this user may not see. */
export function show(item: ListItem, includes: unknown, hidden: string[]): object {
  const included = typeof includes === 'string' ? includes.split(',') : []
  const left = ['custom_fields', 'price_list'].filter((name) => !included.includes(name)).concat(hidden)
  return Object.fromEntries(Object.entries(item).filter(([name]) => !left.includes(name)))
}
