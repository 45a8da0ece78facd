/** Counts events in this process alone: what nobody is trusted with writes no row. */
export const memoryRateLimit = (limit: number, windowMs: number) => {
  let times: number[] = []
  return {
    /** @returns false when `limit` events were let through within the window. */
    allow: (now: Date): boolean => {
      const at = now.getTime()
      times = times.filter((time) => at - time < windowMs)
      if (times.length >= limit) return false
      times.push(at)
      return true
    },
  }
}
