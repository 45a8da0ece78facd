import { existsSync } from 'node:fs'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { isClosed } from '#lib/adapters/store/engine/sqlite/sqlite-backup.ts'
import { type MoveSource, openMoveSource } from '#lib/adapters/store/operations/move-source.ts'
import { type MoveTarget, openMoveTarget } from '#lib/adapters/store/operations/move-target.ts'
import { type MovedTable, movedTables } from '#lib/adapters/store/operations/moved-tables.ts'
import { store } from '#lib/adapters/store/store.ts'
import { systemClock } from '#lib/adapters/system.ts'
import { vault } from '#lib/adapters/vault.ts'
import { manageKeys } from '#lib/use-cases/operations/manage-keys.ts'
import { databaseFile, findKeys } from '../encryption-keys.ts'
import type { Env } from '../env.ts'
import { verifyKeys } from '../verify-keys.ts'

/** Why nothing was moved, or not all of it. */
export type MoveRefusal =
  | 'no_file'
  | 'no_server'
  | 'no_database'
  | 'in_use'
  | 'moved_elsewhere'
  | 'target_not_empty'
  | 'target_of_another_move'
  | 'not_equal'

export interface Moved {
  rows: number
  /** Sealed values that the keys at hand opened in the new database, and those that opened nowhere before either. */
  opened: number
  unopened: number
}

export type MoveResult = { refused: MoveRefusal } | 'already_moved' | { moved: Moved }

/** Told after each batch. */
export type OnMoved = (progress: { table: string; rows: number }) => void

interface Move {
  source: MoveSource
  target: MoveTarget
  now: Date
}

const batch = 1_000

const isSame = (a: Date | null, b: Date | null) => a !== null && a.getTime() === b?.getTime()

/** Migrated by this program, with all of its keys at hand: what does not open here would not open there. */
const checkSource = async (url: string, keys: Parameters<typeof vault>[0]) => {
  const db = await openDatabase(url, { keepMove: true })
  try {
    await verifyKeys({ store: store(db), vault: vault(keys) })
  } finally {
    await db.close()
  }
}

/** Begins, or finds what was begun; says why neither can be. */
const begin = async ({ source, target, now }: Move): Promise<MoveRefusal | 'already_moved' | null> => {
  const [moving, moved] = [source.findMark('moving'), source.findMark('moved')]
  const [theirs, done] = [await target.findMark('moving'), await target.findMark('moved')]
  if (moved) return isSame(moved, done) ? 'already_moved' : isSame(moved, theirs) ? null : 'moved_elsewhere'
  if (theirs) return isSame(moving, theirs) ? null : 'target_of_another_move'
  for (const table of movedTables) if ((await target.count(table)) > 0) return 'target_not_empty'
  source.setMark('moving', now)
  await target.begin(now)
  return null
}

/** As many rows as are there were copied already: rows are copied in the order in which they were made. */
const copy = async ({ source, target }: Move, table: MovedTable, onMoved: OnMoved) => {
  let rows = await target.count(table)
  for (const page of source.readPages(table, rows, batch)) {
    await target.insert(table, page)
    rows += page.length
    onMoved({ table: table.name, rows })
  }
}

/** @returns how many rows are the same on both sides; null when any table differs */
const compare = async ({ source, target }: Move): Promise<number | null> => {
  let rows = 0
  for (const table of movedTables) {
    const [ours, theirs] = [source.digest(table), await target.digest(table)]
    if (ours.count !== theirs.count || ours.digest !== theirs.digest) return null
    rows += ours.count
  }
  return rows
}

const openAll = async (url: string, keys: Parameters<typeof vault>[0]) => {
  const db = await openDatabase(url, { readOnly: true, keepMove: true })
  try {
    return await manageKeys({ store: store(db), vault: vault(keys), clock: systemClock }).openAll()
  } finally {
    await db.close()
  }
}

/**
 * `move DATABASE_URL`: copies the SQLite database of the settings to an empty PostgreSQL one. Until it is whole there no
 * process opens that one, and from then on none opens the file. Broken off, it goes on where it was.
 *
 * @throws RefusedBoot when keys are missing or wrong
 * @throws Failure `storage_unavailable`
 */
export const move = async (env: Env, to: string, now: Date, onMoved: OnMoved = () => {}): Promise<MoveResult> => {
  const file = databaseFile(env)
  if (file === null) return { refused: 'no_file' }
  if (!/^postgres(ql)?:/.test(to)) return { refused: 'no_server' }
  if (!existsSync(file)) return { refused: 'no_database' }
  const { encryptionKeys } = findKeys(env)
  if (!isClosed(file)) return { refused: 'in_use' }
  await checkSource(env.databaseUrl, encryptionKeys)
  if (!isClosed(file)) return { refused: 'in_use' }
  const source = openMoveSource(file)
  try {
    const target = await openMoveTarget(to)
    try {
      const under = { source, target, now }
      const refused = await begin(under)
      if (refused) return refused === 'already_moved' ? refused : { refused }
      for (const table of movedTables) await copy(under, table, onMoved)
      const rows = await compare(under)
      if (rows === null) return { refused: 'not_equal' }
      const { opened, unopened } = await openAll(to, encryptionKeys)
      // the file first: at no moment may both be opened
      source.setMark('moved', source.findMark('moving') ?? source.findMark('moved') ?? now)
      await target.finish(now)
      return { moved: { rows, opened, unopened } }
    } finally {
      await target.close()
    }
  } finally {
    source.close()
  }
}
