import type { Clock } from '#lib/sandbox/clock.ts'
import { companies } from '../generator/companies.ts'
import { contacts } from '../generator/contacts.ts'
import { departments } from '../generator/departments.ts'
import { seedOf } from '../generator/random.ts'
import type { ListName } from '../generator/record-kind.ts'
import type { Account } from '../integration.ts'
import { type RecordChange, type RecordTable, recordTable } from './record-table.ts'
import type { Storm } from './storm.ts'

/** Everything of one account. `links` says where contacts work beyond what was generated. */
export type AccountBook = {
  tables: Record<ListName, RecordTable>
  companyCount: number
  storms: Partial<Record<ListName, Storm>>
  listeners: Set<(change: RecordChange) => void>
}

export function openBook({ id, companies: companyCount, contacts: contactCount }: Account, clock: Clock): AccountBook {
  const listeners: AccountBook['listeners'] = new Set()
  const tell = (change: RecordChange): void => {
    for (const listener of listeners) listener(change)
  }
  const seed = seedOf(id)
  const book: AccountBook = {
    tables: {
      companies: recordTable(companies, seed, clock, tell),
      contacts: recordTable(contacts, seed, clock, tell),
      departments: recordTable(departments, seed, clock, tell),
    },
    companyCount,
    storms: {},
    listeners,
  }
  book.tables.companies.reseed(companyCount)
  book.tables.contacts.reseed(contactCount)
  book.tables.departments.reseed(3)
  return book
}
