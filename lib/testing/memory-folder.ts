import { accessSync, constants, statfsSync } from 'node:fs'

const folder = '/dev/shm'
/** What the databases of a whole run take at most, several times over; containers have 64 MB unless they ask for more. */
const neededBytes = 4 * 2 ** 30

/**
 * Has this process and those that it starts make their temporary files in memory, where the machine has room: no test
 * outlives a power cut, and half of the time of many was a disk that was waited for.
 */
export const keepFilesInMemory = (): void => {
  if (process.env.TMPDIR) return
  try {
    accessSync(folder, constants.W_OK)
    const { bavail, bsize } = statfsSync(folder)
    if (bavail * bsize >= neededBytes) process.env.TMPDIR = folder
  } catch {
    // no such folder on this system
  }
}
