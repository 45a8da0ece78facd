/** « 2026-11-22 »: which day it is on that clock. */
export const dayOf = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at)

/** Of the calendar, not of 24 hours: a day of 23 or 25 hours is one. */
const shifted = (day: string, days: number) => {
  const utc = new Date(`${day}T00:00:00.000Z`)
  utc.setUTCDate(utc.getUTCDate() + days)
  return utc.toISOString().slice(0, 10)
}

/** Which day an instant falls on, seen from another. */
export const nearness = (at: Date, now: Date, timeZone: string) => {
  const [day, today] = [dayOf(at, timeZone), dayOf(now, timeZone)]
  if (day === today) return 'today'
  if (day === shifted(today, -1)) return 'yesterday'
  return day === shifted(today, 1) ? 'tomorrow' : 'other'
}

/** « Montreal »: nobody knows the names of zones, everybody their city. */
export const cityOf = (timeZone: string): string => {
  const [continent = '', ...rest] = timeZone.split('/')
  return (rest.at(-1) ?? continent).replaceAll('_', ' ')
}
