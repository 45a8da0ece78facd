import { randomBytes } from 'node:crypto'
import { rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { Failure } from '#lib/domain/failure.ts'
import type { Database, Reserve, Step } from './database.ts'

/** A server looks after its own disk. */
export const noReserve: Reserve = { ensure: async () => {}, release: async () => false }

const reserveBytes = 1024 * 1024

/** A file beside the database: room inside the database would not help, since a commit appends to the write-ahead log. */
export const fileReserve = (databasePath: string): Reserve => {
  const file = `${databasePath}.reserve`
  const draft = `${file}.${process.pid}`
  let making: Promise<void> | null = null
  const isThere = async () => (await stat(file).catch(() => null))?.size === reserveBytes
  const make = async () => {
    try {
      // random, since a file system may compress
      await writeFile(draft, randomBytes(reserveBytes), { mode: 0o600, flush: true })
      await rename(draft, file)
    } catch (error) {
      // half of it must not take the last room
      await rm(draft, { force: true })
      throw error
    }
  }
  return {
    ensure: async () => {
      if (await isThere()) return
      making ??= make().finally(() => {
        making = null
      })
      await making
    },
    release: () =>
      unlink(file).then(
        () => true,
        () => false,
      ),
  }
}

const isFull = (error: unknown) =>
  error instanceof Failure && /^SQLITE_(FULL|IOERR)/.test(String(error.evidence.errorCode))

/** For a token pair that exists nowhere else: a full disk is given its reserve back before the step is tried once more. */
export const atomicallyWithReserve = async (db: Database, step: Step) => {
  try {
    return await db.atomically(step)
  } catch (error) {
    if (!isFull(error) || !(await db.reserve.release())) throw error
    return db.atomically(step)
  }
}
