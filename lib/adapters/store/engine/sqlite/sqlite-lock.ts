import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'

/** How long one attempt waits for a lock; better-sqlite3 waits on the event loop. */
export const attemptMs = 20
/** How long a statement waits for the lock of another process in all. */
export const lockWaitMs = 5_000
const [shortestPauseMs, longestPauseMs] = [5, 160]

const isBusy = (error: unknown) => error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')

/**
 * Tries work again while another process holds the database, and lets the event loop go on between the attempts. All who
 * wait share the pauses, and only one of them tries after each: a hundred attempts of 20 ms would stop the process.
 *
 * @returns a function that throws SQLITE_BUSY after `waitMs`
 */
export const lockWaiter = () => {
  let pause: Promise<void> | null = null
  let pauseMs = shortestPauseMs
  let busy: unknown
  const attempt = <T>(work: () => T): { result: T } | null => {
    try {
      const result = work()
      pauseMs = shortestPauseMs
      return { result }
    } catch (error) {
      if (!isBusy(error)) throw error
      busy = error
      pause = sleep(pauseMs).then(() => {
        pause = null
      })
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      return null
    }
  }
  return async <T>(work: () => T, waitMs = lockWaitMs): Promise<T> => {
    const untilMs = performance.now() + waitMs
    for (;;) {
      const done = pause === null ? attempt(work) : null
      if (done) return done.result
      if (performance.now() >= untilMs) throw busy
      await pause
    }
  }
}
