import { isRecord } from '#lib/sandbox/control/script.ts'
import type { Switches } from '#lib/sandbox/control/switches.ts'
import type { State } from '#lib/sandbox/state.ts'
import type { ListName } from '../generator/record-kind.ts'
import type { User } from '../integration.ts'
import type { AccountBook } from '../records/account-book.ts'
import { describeDetail, describeItem } from '../records/describe-record.ts'
import { ApiRefusal } from './api-error.ts'
import { readPage } from './list-page.ts'
import { describeUser, listUsers } from './people.ts'
import { itemFilter } from './show-item.ts'

export type Query = Record<string, unknown>
/** A call that may be answered. */
export type ApiCall = {
  state: State
  clientId: string
  user: User
  book: AccountBook
  switches: Switches
  query: Query
}

type Read = (asked: ApiCall) => unknown

/** A storm blows around the reading: no change falls into the page itself. */
const list =
  (name: ListName): Read =>
  ({ state, user, book, switches, query }) => {
    const table = book.tables[name]
    const storm = book.storms[name]
    storm?.before()
    table.settle(switches.list_lag_s * 1000)
    const oddities = {
      ties: switches.ties_shuffled ? state.chance : null,
      exclusive: switches.updated_since_exclusive,
      idsCap: switches.ids_cap,
    }
    const versions = readPage(book, table, query, oddities, name !== 'departments')
    const show = itemFilter(query.includes, [...user.hiddenProperties, ...switches.hidden_properties])
    const shown = versions.map((version) => show(describeItem(table, version)))
    storm?.after()
    if (storm?.isOver()) delete book.storms[name]
    return shown
  }

/** What is true now: `.info` lags behind nothing. */
const info =
  (name: ListName): Read =>
  ({ user, book, switches, query }) => {
    const table = book.tables[name]
    if (typeof query.id !== 'string') throw new ApiRefusal(400, 'id must be a uuid', 'id')
    const version = table.find(query.id)
    if (!version) throw new ApiRefusal(404, `${table.kind.type} not found`)
    const includes = ['custom_fields', query.includes].filter((text) => typeof text === 'string').join(',')
    const show = itemFilter(includes, [...user.hiddenProperties, ...switches.hidden_properties])
    return show(describeDetail(book, table, version))
  }

export const reads = {
  'users.me': ({ user }) => describeUser(user),
  'users.list': ({ state, user, query }) => listUsers(state, user, query),
  'companies.list': list('companies'),
  'contacts.list': list('contacts'),
  'departments.list': list('departments'),
  'companies.info': info('companies'),
  'contacts.info': info('contacts'),
  'departments.info': info('departments'),
} satisfies Record<string, Read>

/** Takes out of a request what this provider pretends not to know; `filter.ids` names a key within. */
export function withoutIgnored(query: Query, ignored: string[]): Query {
  const left = { ...query }
  for (const path of ignored) {
    const [name = '', inner] = path.split('.')
    const value = left[name]
    if (inner === undefined) delete left[name]
    else if (isRecord(value)) left[name] = Object.fromEntries(Object.entries(value).filter(([key]) => key !== inner))
  }
  return left
}
