const minuteMs = 60_000

/** `2021-06-15T10:51:23.035+0100`: with milliseconds, and an offset without colon. */
const wallClock = (at: number): string => new Date(at + 3_600_000).toISOString().replace('Z', '+0100')

export type Slot = { over: boolean; headers: Record<string, string> }

/** Counts a request in a sliding window, of one integration in one account for example; refused requests count too. */
export function takeSlot(log: number[], limit: number, now: number, windowMs = minuteMs): Slot {
  while (log[0] !== undefined && log[0] <= now - windowMs) log.shift()
  const over = log.length >= limit
  log.push(now)
  const leavesFirst = over ? log[log.length - limit] : log[0]
  return {
    over,
    headers: {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - log.length)),
      'x-ratelimit-reset': wallClock((leavesFirst ?? now) + windowMs),
    },
  }
}
