import { isRecord } from '#lib/sandbox/control/script.ts'
import type { State } from '#lib/sandbox/state.ts'
import type { User } from '../integration.ts'
import { readWindow } from './list-page.ts'

const personal = (user: User): Record<string, unknown> => ({
  id: user.id,
  account: { type: 'account', id: user.account.id },
  first_name: user.firstName,
  last_name: user.lastName,
  email: user.email,
  email_verification_status: 'confirmed',
  telephones: [],
  language: user.language,
  function: user.function,
  time_zone: 'Europe/Brussels',
  teams: [],
})

/** `users.me`: the account's id, never its name. */
export const describeUser = (user: User): object => ({
  ...personal(user),
  preferences: { invoiceable: true, historic_time_tracking_limit: null, whitelabeling: true },
})

const sortFields = ['first_name', 'last_name', 'email', 'function']

/** `users.list`: the colleagues. */
export function listUsers({ users }: State, { account }: User, query: Record<string, unknown>): object[] {
  const { ids, term, status } = isRecord(query.filter) ? query.filter : {}
  const rows = users
    .filter((user) => user.account.id === account.id)
    .map((user) => ({ ...personal(user), status: 'active' }))
  const found = rows.filter(
    (row: Record<string, unknown>) =>
      (!Array.isArray(ids) || ids.includes(row.id)) &&
      (!Array.isArray(status) || status.includes(row.status)) &&
      (typeof term !== 'string' ||
        `${row.first_name} ${row.last_name} ${row.email}`.toLowerCase().includes(term.toLowerCase())),
  )
  const [asked] = Array.isArray(query.sort) ? query.sort : []
  const { field, order } = isRecord(asked) ? asked : {}
  const key = sortFields.includes(String(field)) ? String(field) : 'first_name'
  const sign = order === 'desc' ? -1 : 1
  const [from, until] = readWindow(query.page)
  return found
    .sort(
      (a: Record<string, unknown>, b: Record<string, unknown>) => sign * String(a[key]).localeCompare(String(b[key])),
    )
    .slice(from, until)
}
