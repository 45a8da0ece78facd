import type { SyncStore } from '#lib/ports/sync.ts'
import type { Database } from '../engine/database.ts'
import { feedRows } from './feed-rows.ts'
import { forgottenCopies } from './forgotten-copies.ts'
import { recordRows } from './record-rows.ts'
import { historyRows } from './sync-history.ts'
import { stateRows } from './sync-states.ts'
import { statusRows } from './sync-status.ts'
import { stepRows } from './sync-steps.ts'
import { tombstoneRows } from './tombstones.ts'

/** The copies of the providers' lists, and how far they are. */
export const syncStore = (db: Database): SyncStore => ({
  ...recordRows(db),
  ...stateRows(db),
  ...stepRows(db),
  ...statusRows(db),
  ...feedRows(db),
  ...tombstoneRows(db),
  ...historyRows(db),
  ...forgottenCopies(db),
})
