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

/** Cities that are called otherwise than in the English names of zones: of Europe, and where French or Dutch is spoken. */
const cities: Partial<Record<string, Record<string, string>>> = {
  fr: {
    ...{ Brussels: 'Bruxelles', London: 'Londres', Lisbon: 'Lisbonne', Vienna: 'Vienne', Warsaw: 'Varsovie' },
    ...{ Copenhagen: 'Copenhague', Athens: 'Athènes', Bucharest: 'Bucarest', Moscow: 'Moscou', Algiers: 'Alger' },
    ...{ Montreal: 'Montréal', Reunion: 'La Réunion' },
  },
  nl: {
    ...{ Brussels: 'Brussel', Paris: 'Parijs', London: 'Londen', Berlin: 'Berlijn', Luxembourg: 'Luxemburg' },
    ...{ Lisbon: 'Lissabon', Vienna: 'Wenen', Warsaw: 'Warschau', Copenhagen: 'Kopenhagen', Prague: 'Praag' },
    ...{ Athens: 'Athene', Bucharest: 'Boekarest', Moscow: 'Moskou', Curacao: 'Curaçao' },
  },
}

/** « Montréal »: nobody knows the names of zones, everybody their city. */
export const cityOf = (timeZone: string, locale: string): string => {
  const [continent = '', ...rest] = timeZone.split('/')
  const city = (rest.at(-1) ?? continent).replaceAll('_', ' ')
  return cities[locale]?.[city] ?? city
}
