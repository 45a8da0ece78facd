/** Clocks drift, and a primary of PostgreSQL may be replaced by one that is seconds late. */
const toleranceMs = 60_000
const mostRemembered = 100_000

/**
 * Judges when something ends by two clocks: the one it was written in, and the monotonic one of this process, which no
 * change of the system's clock moves but which stands still while the machine sleeps. Whichever says first that it ended is
 * believed.
 */
export const rememberEnds = (monotonicMs: () => number) => {
  const ends = new Map<string, { at: number; monotonicMs: number }>()
  /**
   * @param longestMs the most that was left when it was written: what has more left now was written before the clock jumped
   * back, and may have ended already
   * @returns milliseconds
   */
  return (name: string, at: Date, msLeft: number, longestMs: number): number => {
    const nowMs = monotonicMs()
    const known = ends.get(name)
    if (known?.at === at.getTime()) return Math.min(msLeft, known.monotonicMs - nowMs)
    const believed = msLeft > longestMs + toleranceMs ? 0 : msLeft
    if (ends.size >= mostRemembered) ends.clear()
    ends.set(name, { at: at.getTime(), monotonicMs: nowMs + believed })
    return believed
  }
}
