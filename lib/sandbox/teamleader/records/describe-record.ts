import { employers } from '../generator/contacts.ts'
import { dateTime } from '../generator/dates.ts'
import { recordId } from '../generator/random.ts'
import type { Fields, Version } from '../generator/record-kind.ts'
import type { AccountBook } from './account-book.ts'
import type { RecordTable } from './record-table.ts'

type Item = Record<string, unknown> & { id: string }

/** Departments know no dates and no page of their own. */
const times = ({ kind }: RecordTable, { id, addedAt, updatedAt }: Version): Fields =>
  kind.type === 'department'
    ? {}
    : {
        added_at: dateTime(addedAt),
        updated_at: dateTime(updatedAt),
        web_url: `https://focus.teamleader.eu/${kind.type}_detail.php?id=${id}`,
      }

/** Everything that a list can say of a record. */
export function describeItem(table: RecordTable, version: Version): Item {
  const { fields } = table.kind.make(table.seed(), version.number)
  return { id: version.id, ...fields, ...times(table, version), ...version.changes }
}

/** What `.info` says: several addresses instead of one, remarks, and where a contact works. */
export function describeDetail(book: AccountBook, table: RecordTable, version: Version): Item {
  const made = table.kind.make(table.seed(), version.number)
  const detail = made.detail()
  const { primary_address, ...rest } = made.fields
  const { primary_address: moved, ...changes } = version.changes ?? {}
  const others = (detail.addresses as { type: string }[] | undefined)?.filter(({ type }) => type !== 'primary') ?? []
  const primary = moved ? [{ type: 'primary', address: { addressee: null, ...moved } }] : []
  const addresses = moved === undefined ? {} : { addresses: [...primary, ...others] }
  const links = table.kind.type === 'contact' ? { companies: linksOf(book, version) } : {}
  return { id: version.id, ...rest, ...times(table, version), ...detail, ...links, ...changes, ...addresses }
}

/** Companies that a contact works for, living ones alone: links vanish with their company. */
export function companyIdsOf(book: AccountBook, { number, companyIds }: Version): string[] {
  const { companies, contacts } = book.tables
  const salt = companies.kind.salt
  const ids =
    companyIds ?? employers(contacts.seed(), number, book.companyCount).map((n) => recordId(companies.seed(), salt, n))
  return ids.filter((id) => companies.find(id) !== undefined)
}

const linksOf = (book: AccountBook, version: Version): object[] =>
  companyIdsOf(book, version).map((id, index) => ({
    position: index === 0 ? 'Gérant' : null,
    secondary_position: null,
    division: null,
    decision_maker: index === 0,
    company: { type: 'company', id },
  }))
