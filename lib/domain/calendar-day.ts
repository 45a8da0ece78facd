/** The clock of those who use the app, whatever the browser or the server is set to. */
export const zone = 'Europe/Brussels'

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

const partsOf = (at: Date) => Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))

/** « 2026-11-22 14:03:05 » */
export const belgianTime = (at: Date): string => {
  const { year, month, day, hour, minute, second } = partsOf(at)
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`
}

/** « 2026-11-22 » */
export const belgianDay = (at: Date): string => belgianTime(at).slice(0, 10)

/** Midnight in Belgium; null for what is no day of the calendar. Summer time never begins or ends at midnight. */
export const startOfDay = (day: string): Date | null => {
  if (!/^2\d{3}-\d{2}-\d{2}$/.test(day)) return null
  const utc = new Date(`${day}T00:00:00.000Z`)
  if (Number.isNaN(utc.getTime()) || utc.toISOString().slice(0, 10) !== day) return null
  const shown = new Date(`${belgianTime(utc).replace(' ', 'T')}.000Z`)
  return new Date(utc.getTime() - (shown.getTime() - utc.getTime()))
}

/** The midnight that ends a day. */
export const endOfDay = (day: string): Date | null => {
  const start = startOfDay(day)
  // 36 hours on, the next day has begun whether this one had 23, 24 or 25
  return start && startOfDay(belgianDay(new Date(start.getTime() + 36 * 3_600_000)))
}
