import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { SealContext } from './deps.ts'

/** The keys that sealed something in the database, each with a probe that tells a wrong key under its id. */
export interface VaultKeyStore {
  list(): Promise<{ id: string; sealedProbe: string }[]>
  add(key: { id: string; sealedProbe: string; at: Date }): Promise<void>
  /** @returns false when it is not known, or something is sealed with it: then nothing was changed. */
  forget(id: string, entry?: JournalEntry): Promise<boolean>
}

/** Contexts of what is sealed in the database, and not in a cookie. */
export type StoredContext = Extract<SealContext, { row: string }>

export interface SealedValue {
  sealed: string
  context: StoredContext
}

/** Everything that is sealed in the database, for the keys alone: nothing is opened here. */
export interface SealedValueStore {
  /** How many values are sealed with this key; without one, how many there are at all. */
  count(keyId?: string): Promise<number>
  /** Values of this purpose that are sealed with another key, by row, behind the row `after`. */
  listOthers(purpose: StoredContext['purpose'], keyId: string, after: string, limit: number): Promise<SealedValue[]>
  /** Puts a value in place of this very one. @returns false when it was changed meanwhile. */
  replace(value: SealedValue, sealed: string): Promise<boolean>
}
