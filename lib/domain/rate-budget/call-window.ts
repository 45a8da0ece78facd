/** The provider's window: it slides. */
export const windowMs = 60_000

/** How many of these times lie in the sliding window that ends at `endMs`. */
export const inWindow = (times: readonly number[], endMs: number, windowMs: number): number =>
  times.reduce((count, atMs) => (atMs <= endMs && atMs > endMs - windowMs ? count + 1 : count), 0)

/** Whether one more call at `atMs` leaves at most `most` in every window that it is in, those that end later included. */
export const fits = (times: readonly number[], atMs: number, windowMs: number, most: number): boolean => {
  const ends = [atMs, ...times.filter((other) => other > atMs && other < atMs + windowMs)]
  return ends.every((endMs) => inWindow(times, endMs, windowMs) < most)
}

/** When calls leave the windows of these lengths, and other moments to look at, in order: nothing changes in between. */
export const leaveTimes = (
  times: readonly number[],
  lengthsMs: readonly number[],
  others: readonly number[],
  afterMs: number,
): number[] => {
  const all = [...times.flatMap((atMs) => lengthsMs.map((ms) => atMs + ms)), ...others]
  return [...new Set(all.filter((atMs) => atMs > afterMs))].sort((a, b) => a - b)
}
