import { execFileSync } from 'node:child_process'
import { get } from 'node:http'
import type { Running } from '../../demo/processes.ts'
import type { Compared } from './subjects.ts'

const mebibyte = 2 ** 20

/** Resident memory of a process, in MB. */
export const memoryOf = ({ child }: Pick<Running, 'child'>): number =>
  Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024)

/** Reads an answer to its end, from another process than the one that answers. @returns MB a second */
export const stream = ({ url, headers }: Compared): Promise<number> =>
  new Promise((done, fail) => {
    const from = performance.now()
    get(url, { headers, agent: false }, (answer) => {
      let bytes = 0
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      answer.on('end', () => done(bytes / mebibyte / ((performance.now() - from) / 1_000)))
      answer.on('error', fail)
    }).on('error', fail)
  })

/** The most memory that a process takes while something runs, and what that gives. */
export const peakDuring = async <T>(
  running: Running,
  work: () => Promise<T>,
): Promise<{ given: T; peakMb: number }> => {
  let peakMb = memoryOf(running)
  const looking = setInterval(() => {
    peakMb = Math.max(peakMb, memoryOf(running))
  }, 100)
  try {
    const given = await work()
    return { given, peakMb }
  } finally {
    clearInterval(looking)
  }
}
