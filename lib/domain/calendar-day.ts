import { dayMs, hourMs } from './duration.ts'

/** Whose clock holds where somebody has chosen none, whatever the browser or the server is set to. */
export const defaultZone = 'Europe/Brussels'

/** The IANA name of the zone that somebody reads a clock in. */
export const zoneOf = ({ timeZone }: { timeZone?: string | null | undefined }): string => timeZone ?? defaultZone

/** Whether it is a day of the calendar, as `2026-11-22`. */
export const isDay = (day: string): boolean => {
  if (!/^2\d{3}-\d{2}-\d{2}$/.test(day)) return false
  const utc = new Date(`${day}T00:00:00.000Z`)
  return !Number.isNaN(utc.getTime()) && utc.toISOString().startsWith(day)
}

const nextDay = (day: string) => new Date(Date.parse(`${day}T00:00:00.000Z`) + dayMs).toISOString().slice(0, 10)

/** The first of `from` to `until` that holds; all behind it hold too. */
const firstOf = (from: number, until: number, holds: (ms: number) => boolean): number => {
  let [low, high] = [from, until]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** No zone is further from UTC. */
const furthestMs = 15 * hourMs

/** The days of one zone. Where summer time begins or ends, a day has 23 or 25 hours, and need not begin at 0:00. */
export const calendarOf = (timeZone: string) => {
  const digits = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', ...digits, hourCycle: 'h23' })

  /** « 2026-11-22 14:03:05 » */
  const timeOf = (at: Date | number): string => {
    const parts = clock.formatToParts(at).map(({ type, value }) => [type, value])
    const { year, month, day, hour, minute, second } = Object.fromEntries(parts)
    return `${year}-${month}-${day} ${hour}:${minute}:${second}`
  }

  /** « 2026-11-22 » */
  const dayOf = (at: Date | number): string => timeOf(at).slice(0, 10)

  /** The first instant of a day; null for what is no day of the calendar. */
  const startOf = (day: string): Date | null => {
    if (!isDay(day)) return null
    const utc = Date.parse(`${day}T00:00:00.000Z`)
    return new Date(firstOf(utc - furthestMs, utc + furthestMs, (ms) => dayOf(ms) >= day))
  }

  /** The first instant that no longer belongs to a day. */
  const endOf = (day: string): Date | null => (isDay(day) ? startOf(nextDay(day)) : null)

  return { timeOf, dayOf, startOf, endOf }
}
