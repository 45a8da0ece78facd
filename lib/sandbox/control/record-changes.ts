import type { State } from '../state.ts'
import { Random } from '../teamleader/generator/random.ts'
import type { Fields, ListName } from '../teamleader/generator/record-kind.ts'
import { bookOf, swapBooks } from '../teamleader/records/account-book.ts'
import { accountRecords, type SeedRequest } from '../teamleader/records/account-records.ts'
import type { StormOptions } from '../teamleader/records/storm.ts'
import { marie } from '../teamleader/seeds.ts'
import { ControlFault } from './control-request.ts'
import { isRecord } from './script.ts'

/** What one control request does to the records of an account. See README.md. */
export type RecordsRequest = {
  account?: string
  seed?: SeedRequest
  list?: ListName
  add?: number
  edit?: number | string[]
  delete?: number | string[]
  fields?: Record<string, unknown>
  storm?: StormOptions | null
  swap_with?: string
  announce?: 'account.deactivated' | 'account.deleted'
}

export type RecordCounts = Record<ListName, number>

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string')
const isList = (value: unknown): value is ListName =>
  value === 'companies' || value === 'contacts' || value === 'departments'
const areNumbers = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every((one) => typeof one === 'number' || areNumbers(one))

const shapes: Record<keyof RecordsRequest, (value: unknown) => boolean> = {
  account: (value) => typeof value === 'string',
  seed: areNumbers,
  list: isList,
  add: isCount,
  edit: (value) => isCount(value) || isTexts(value),
  delete: (value) => isCount(value) || isTexts(value),
  fields: isRecord,
  storm: (value) => value === null || areNumbers(value),
  swap_with: (value) => typeof value === 'string',
  announce: (value) => value === 'account.deactivated' || value === 'account.deleted',
}

function parse(value: unknown): RecordsRequest {
  if (!isRecord(value)) throw new ControlFault('"records" is an object')
  for (const [key, part] of Object.entries(value)) {
    if (!Object.hasOwn(shapes, key)) throw new ControlFault(`unknown key "${key}" of "records"`)
    if (!shapes[key as keyof RecordsRequest](part)) throw new ControlFault(`"${key}" cannot be ${JSON.stringify(part)}`)
  }
  return value
}

/** Carries out the parts in this order: swap, seed, additions, edits, deletions, storm, announcement. */
export function changeRecords(state: State, value: unknown): RecordCounts {
  const { account = marie.account.id, list = 'companies', fields, ...request } = parse(value)
  for (const id of [account, request.swap_with]) {
    if (id !== undefined && !state.books.has(id)) throw new ControlFault(`there is no account "${id}"`)
  }
  if (request.swap_with !== undefined) swapBooks(state, account, request.swap_with)
  const book = bookOf(state, account)
  const records = accountRecords(book)
  const table = records[list]
  const random = new Random(state.chance.below(0x7fffffff))
  const idsOf = (which: number | string[]): string[] => (isCount(which) ? table.draw(which, random) : which)
  const said: Fields | undefined = fields
  if (request.seed) records.seed(request.seed)
  if (request.add !== undefined) table.add(request.add, said)
  if (request.edit !== undefined) table.edit(idsOf(request.edit), said ?? random)
  if (request.delete !== undefined) table.remove(idsOf(request.delete))
  if (request.storm !== undefined) records.storm(list, request.storm)
  if (request.announce !== undefined) {
    book.announce({ type: request.announce, subject: { type: 'account', id: account } })
  }
  return {
    companies: records.companies.size(),
    contacts: records.contacts.size(),
    departments: records.departments.size(),
  }
}
