import { pause } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import { waitMs } from '#lib/domain/tokens/refresh-policy.ts'

/** Between attempts to store; the last one again and again. */
const pausesMs = [0, 100, 500, 1_000, 2_000]

const isStorageFailure = (error: unknown) => error instanceof Failure && error.code === 'storage_unavailable'

/** Work that goes on when those who asked for it have left, and that the end of the process waits for. */
export const pendingWork = () => {
  const pending = new Set<Promise<unknown>>()

  const track = <T>(work: Promise<T>): Promise<T> => {
    const ended = work.then(
      () => {},
      () => {},
    )
    pending.add(ended)
    void ended.then(() => pending.delete(ended))
    return work
  }

  /** Waits for 25 s; the work goes on. */
  const waitFor = async <T>(work: Promise<T>, whenLate: () => T): Promise<T> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((done) => {
      timer = setTimeout(done, waitMs)
    }).then(whenLate)
    return Promise.race([work, late]).finally(() => clearTimeout(timer))
  }

  /** Writes what exists nowhere else: for as long as the process lives, until it is stored. A write that threw may have happened. */
  const untilStored = async <T>(write: () => Promise<T>): Promise<T> => {
    for (let failures = 0; ; failures += 1) {
      try {
        return await write()
      } catch (error) {
        if (!isStorageFailure(error)) throw error
      }
      const pauseMs = pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 0
      // a process that dies from here on loses it: the first retry does not wait
      if (pauseMs > 0) await pause(pauseMs)
    }
  }

  const finish = async (): Promise<void> => {
    while (pending.size > 0) await Promise.all(pending)
  }

  return { track, waitFor, untilStored, finish }
}

export type PendingWork = ReturnType<typeof pendingWork>
