import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/accounts/user.ts'
import { cityOf, dayOf, nearness } from './near-day.ts'

const regions: Record<Locale, string> = { fr: 'fr-BE', nl: 'nl-BE', en: 'en-GB' }

const timeOf = (at: Date, locale: Locale, timeZone: string) =>
  new Intl.DateTimeFormat(regions[locale], { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  )

const calendarDay = (at: Date, locale: Locale, timeZone: string) =>
  new Intl.DateTimeFormat(regions[locale], { timeZone, day: 'numeric', month: 'long', year: 'numeric' }).format(at)

/** « Bruxelles », “Brussels”: a zone by its city, in the reader's language where that has a name of its own for it. */
export const cityNames = async () => {
  const t = await getTranslations('cities')
  return (timeZone: string) => {
    const key = timeZone as 'Europe/Brussels'
    return t.has(key) ? t(key) : cityOf(timeZone)
  }
}

/** « 14:03 », on the reader's clock. */
export const clockTime = async (at: Date) => {
  const [locale, timeZone] = await Promise.all([getLocale(), getTimeZone()])
  return timeOf(at, locale, timeZone)
}

/** « Aujourd’hui, vendredi 20 novembre », « Mardi 3 mars », « Lundi 3 mars 2025 »: above what happened on it. */
export const dayHeading = async (at: Date, now: Date) => {
  const [locale, timeZone, t] = await Promise.all([getLocale(), getTimeZone(), getTranslations('dateHeading')])
  const year =
    dayOf(at, timeZone).slice(0, 4) === dayOf(now, timeZone).slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  const options = { timeZone, weekday: 'long', day: 'numeric', month: 'long', ...year } as const
  const day = new Intl.DateTimeFormat(regions[locale], options).format(at)
  const near = nearness(at, now, timeZone)
  const text = near === 'today' || near === 'yesterday' ? t(near, { day }) : day
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}

/** « aujourd’hui à 14:03 », « le 3 mars 2026 à 09:12 »: for the middle of a sentence. */
export const whenInline = async (at: Date, now: Date) => {
  const [locale, timeZone, t] = await Promise.all([getLocale(), getTimeZone(), getTranslations('dateInline')])
  return t(nearness(at, now, timeZone), {
    time: timeOf(at, locale, timeZone),
    day: calendarDay(at, locale, timeZone),
  })
}

/** « 3 mars 2026 à 09:12 », whatever the day: what is said of a date, not of a moment. */
export const dateAndTime = async (at: Date) => {
  const [locale, timeZone] = await Promise.all([getLocale(), getTimeZone()])
  return new Intl.DateTimeFormat(regions[locale], { timeZone, dateStyle: 'long', timeStyle: 'short' }).format(at)
}

/** « Aujourd’hui à 14:03 », « 3 mars 2026 à 09:12 »: on its own. */
export const When = async ({ at, now }: { at: Date; now: Date }) => {
  const [locale, timeZone, t] = await Promise.all([getLocale(), getTimeZone(), getTranslations('date')])
  const text = t(nearness(at, now, timeZone), {
    time: timeOf(at, locale, timeZone),
    day: calendarDay(at, locale, timeZone),
  })
  return <time dateTime={at.toISOString()}>{text}</time>
}

/** « 14:03 », « 17 nov., 10:05 », « 3 mars 2025 »: in a narrow column. */
export const BriefWhen = async ({ at, now }: { at: Date; now: Date }) => {
  const [locale, timeZone] = await Promise.all([getLocale(), getTimeZone()])
  const time = timeOf(at, locale, timeZone)
  const thisYear = dayOf(at, timeZone).slice(0, 4) === dayOf(now, timeZone).slice(0, 4)
  const year = thisYear ? {} : ({ year: 'numeric' } as const)
  const format = new Intl.DateTimeFormat(regions[locale], { timeZone, day: 'numeric', month: 'short', ...year })
  const day = format.format(at)
  const text = nearness(at, now, timeZone) === 'today' ? time : thisYear ? `${day}, ${time}` : day
  return <time dateTime={at.toISOString()}>{text}</time>
}
