import type { ListName } from '../generator/record-kind.ts'
import type { SeedOptions } from '../generator/seeded-versions.ts'
import type { AccountBook } from './account-book.ts'
import { describeDetail, describeItem } from './describe-record.ts'
import type { RecordTable } from './record-table.ts'
import { type StormOptions, storm } from './storm.ts'

export type SeedRequest = SeedOptions & { companies?: number; contacts?: number; departments?: number; seed?: number }

/** An account's records as a test in this process holds them: what is true, and how to change it. See README.md. */
export type AccountRecords = Record<ListName, RecordTable> & {
  seed(request: SeedRequest): void
  /** Every living record of a list, as the list tells it with everything included; by id. */
  all(list: ListName): Map<string, Record<string, unknown>>
  info(list: ListName, id: string): Record<string, unknown> | undefined
  /** Lets a list change with every call that reads it, or, with null, no more. */
  storm(list: ListName, options: StormOptions | null): void
}

export function accountRecords(book: AccountBook): AccountRecords {
  const { tables } = book
  return {
    ...tables,
    seed: ({ companies, contacts, departments, ...options }) => {
      for (const [list, count] of Object.entries({ companies, contacts, departments }) as [ListName, number?][]) {
        if (count === undefined) continue
        tables[list].reseed(count, options)
        delete book.storms[list]
      }
      if (companies !== undefined) book.companyCount = companies
    },
    all: (list) =>
      new Map(Array.from(tables[list].living(), (version) => [version.id, describeItem(tables[list], version)])),
    info: (list, id) => {
      const version = tables[list].find(id)
      return version && describeDetail(book, tables[list], version)
    },
    storm: (list, options) => {
      if (options) book.storms[list] = storm(tables[list], options)
      else delete book.storms[list]
    },
  }
}
