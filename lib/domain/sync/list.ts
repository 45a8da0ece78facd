import type { ProviderId } from '../connections/provider.ts'
import { minuteMs } from '../duration.ts'

export const listIds = ['companies', 'contacts', 'departments', 'dossiers'] as const

/** A list of a provider that is copied here; each has its own file under `lists`. */
export type ListId = (typeof listIds)[number]

/**
 * How a list is read: `moving`, by what changed since a time that moves on; `whole`, in one answer; `pages`, page by page
 * with a total that says whether something moved meanwhile.
 */
export type Reading = 'moving' | 'whole' | 'pages'

/** How often a list is read whose changes the provider tells by webhooks, and how long after the last one they count. */
export const hintedEveryMs = 30 * minuteMs

export interface SyncedList {
  id: ListId
  provider: ProviderId
  reading: Reading
  /** How often it is read when nothing says that something changed. */
  everyMs: number
  /** What is stored of a record, and nothing else: shown on « Vie privée ». A change of it reads the list again. */
  fields: readonly string[]
  /** A field that was emptied still comes, as null; elsewhere it may be left out. */
  sendsEmpty: boolean
  /** The property that names a record for good. */
  key: string
  /** What a record is called by, in this order. */
  nameFields: readonly string[]
  statusField: string
  /** What lists can be narrowed by beside the status; null where there is nothing. */
  facetField: string | null
  addedField: string | null
  updatedField: string | null
}
