/** A release line of Node: the oldest version without a known vulnerability, and the day from which on none is mended. */
interface NodeLine {
  patched: [minor: number, patch: number]
  endOfLife: string
}

/**
 * As of the security releases of 24 March 2026; lines that are not here have ended.
 *
 * @see https://nodejs.org/en/blog/vulnerability/march-2026-security-releases
 * @see https://github.com/nodejs/release#release-schedule
 */
const lines: Record<number, NodeLine> = {
  22: { patched: [22, 2], endOfLife: '2027-04-30' },
  24: { patched: [14, 1], endOfLife: '2028-04-30' },
  25: { patched: [8, 2], endOfLife: '2026-06-01' },
}
const newestKnown = 25

export type NodeFault = { fault: 'vulnerable'; patched: string } | { fault: 'ended' } | null

/** What is known against a version of Node, such as `24.21.0`; a line that is newer than the list has nothing against it. */
export const nodeFault = (version: string, now: Date): NodeFault => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  if (major > newestKnown) return null
  const line = lines[major]
  if (!line || now >= new Date(line.endOfLife)) return { fault: 'ended' }
  const [leastMinor, leastPatch] = line.patched
  const isPatched = minor > leastMinor || (minor === leastMinor && patch >= leastPatch)
  return isPatched ? null : { fault: 'vulnerable', patched: `${major}.${leastMinor}.${leastPatch}` }
}
