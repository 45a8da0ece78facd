import type { Clock } from '#lib/sandbox/clock.ts'
import { companies } from '../generator/companies.ts'
import { contacts } from '../generator/contacts.ts'
import { departments } from '../generator/departments.ts'
import { seedOf } from '../generator/random.ts'
import type { ListName, RecordKind } from '../generator/record-kind.ts'
import type { Account } from '../integration.ts'
import type { WebhookEvent } from '../webhooks/webhook.ts'
import { type RecordTable, recordTable, type Verb } from './record-table.ts'
import type { Storm } from './storm.ts'

/** Everything of one account; `companyCount` bounds the companies for which generated contacts work. */
export type AccountBook = {
  tables: Record<ListName, RecordTable>
  companyCount: number
  storms: Partial<Record<ListName, Storm>>
  announce(event: WebhookEvent): void
}

export type OnEvent = (book: AccountBook, event: WebhookEvent) => void

export function openBook(
  { id, companies: companyCount, contacts: contactCount }: Account,
  clock: Clock,
  announce: OnEvent,
): AccountBook {
  const table = (kind: RecordKind): RecordTable => {
    const emit = (verb: Verb, recordId: string): void =>
      book.announce({ type: `${kind.type}.${verb}`, subject: { type: kind.type, id: recordId } })
    return recordTable(kind, seedOf(id), clock, emit)
  }
  const tables = { companies: table(companies), contacts: table(contacts), departments: table(departments) }
  const book: AccountBook = {
    tables,
    companyCount,
    storms: {},
    announce: (event) => announce(book, event),
  }
  book.tables.companies.reseed(companyCount)
  book.tables.contacts.reseed(contactCount)
  book.tables.departments.reseed(3)
  return book
}

type Books = { books: Map<string, AccountBook> }

export function bookOf({ books }: Books, accountId: string): AccountBook {
  const book = books.get(accountId)
  if (!book) throw new Error(`there is no account "${accountId}"`)
  return book
}

/** From now on each account holds what the other had. */
export function swapBooks(state: Books, accountId: string, otherId: string): void {
  const [mine, theirs] = [bookOf(state, accountId), bookOf(state, otherId)]
  state.books.set(accountId, theirs).set(otherId, mine)
}
