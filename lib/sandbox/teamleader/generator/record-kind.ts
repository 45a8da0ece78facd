export type Fields = Readonly<Record<string, unknown>>

/** What one generated record says; `detail` makes what only `.info` shows. */
export type Made = { fields: Fields; detail(): Fields }

/** One sort of record. Everything is made from (seed, number) when it is read: a version in memory holds no text. */
export type RecordKind = {
  plural: ListName
  type: 'company' | 'contact' | 'department'
  salt: number
  /** What lists are ordered by when nobody says otherwise, without the rest of the record. */
  names(seed: number, number: number): Fields
  sortName(names: Fields): string
  make(seed: number, number: number): Made
  /** The filters and sort fields that are documented; any other is ignored. */
  filters: readonly string[]
  sorts: Readonly<Record<string, SortField>>
  /** What people change most: an edit copies one of these from another record. */
  editable: readonly string[]
}

export type SortField = 'name' | 'added_at' | 'updated_at'
export type ListName = 'companies' | 'contacts' | 'departments'

/**
 * One version of one record, never changed but replaced. Times are whole seconds; 0 is « none ».
 * `changes` are laid over what the generator says, `companyIds` replace where it lets a contact work.
 */
export type Version = {
  readonly id: string
  readonly number: number
  readonly addedAt: number
  readonly updatedAt: number
  readonly changes: Fields | null
  readonly companyIds: readonly string[] | null
}

/** As a case-insensitive collation without accents orders texts. */
export const foldName = (text: unknown): string =>
  typeof text === 'string' ? text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase() : ''
