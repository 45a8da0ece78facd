import type { ListId } from '#lib/domain/sync/list.ts'

export { linesOf } from '#lib/domain/sync/records/field-text.ts'

/** Where each list is shown. */
export const listPaths: Record<ListId, string> = {
  companies: '/administratif/entreprises',
  contacts: '/administratif/contacts',
  departments: '/administratif/entites',
  dossiers: '/administratif/dossiers',
}

export type ColumnId = 'emails' | 'telephones' | 'place' | 'vat_number' | 'number' | 'service' | 'status'

/** What a list shows between the name and when it last changed. */
export const listColumns: Record<ListId, readonly ColumnId[]> = {
  companies: ['vat_number', 'emails', 'telephones', 'place'],
  contacts: ['emails', 'telephones', 'place'],
  departments: ['vat_number', 'emails', 'status'],
  dossiers: ['number', 'service', 'status'],
}

/** The field that a column shows. */
export const fieldOf = (column: ColumnId): string => (column === 'place' ? 'primary_address' : column)

/** What says that a record is no longer in use. */
export const isInactive = (status: string): boolean => status === 'deactivated' || status === 'archived'

/** What a record's page says first; the rest of its fields is folded. */
export const mainFields: Record<ListId, readonly string[]> = {
  companies: ['status', 'vat_number', 'emails', 'telephones', 'website', 'primary_address', 'language', 'tags'],
  contacts: ['status', 'salutation', 'emails', 'telephones', 'primary_address', 'language', 'tags'],
  departments: ['status', 'vat_number', 'emails', 'telephones', 'primary_address'],
  dossiers: ['number', 'service', 'status'],
}
