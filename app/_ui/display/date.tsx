import { getLocale, getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/accounts/user.ts'

const timeZone = 'Europe/Brussels'
const regions: Record<Locale, string> = { fr: 'fr-BE', nl: 'nl-BE', en: 'en-GB' }

/** « 2026-11-22 »: which day it is in Belgium. */
export const dayOf = (at: Date) => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at)

const dayMs = 24 * 3600 * 1000

/** Which day an instant falls on, seen from another. */
const nearness = (at: Date, now: Date) => {
  const day = dayOf(at)
  if (day === dayOf(now)) return 'today'
  if (day === dayOf(new Date(now.getTime() - dayMs))) return 'yesterday'
  return day === dayOf(new Date(now.getTime() + dayMs)) ? 'tomorrow' : 'other'
}

/** « 14:03 », on Belgium's clock. */
export const clockTime = (at: Date, locale: Locale) =>
  new Intl.DateTimeFormat(regions[locale], { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  )

/** « aujourd’hui à 14:03 », « le 3 mars 2026 à 09:12 »: for the middle of a sentence. */
export const whenInline = async (at: Date, now: Date) => {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('dateInline')])
  return t(nearness(at, now), { time: clockTime(at, locale), day: calendarDay(at, locale) })
}

const calendarDay = (at: Date, locale: Locale) =>
  new Intl.DateTimeFormat(regions[locale], { timeZone, day: 'numeric', month: 'long', year: 'numeric' }).format(at)

/** « Aujourd’hui, vendredi 20 novembre », « Mardi 3 mars », « Lundi 3 mars 2025 »: above what happened on it. */
export const dayHeading = async (at: Date, now: Date) => {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('dateHeading')])
  const year = dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  const options = { timeZone, weekday: 'long', day: 'numeric', month: 'long', ...year } as const
  const day = new Intl.DateTimeFormat(regions[locale], options).format(at)
  const near = nearness(at, now)
  const text = near === 'today' || near === 'yesterday' ? t(near, { day }) : day
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}

/** « 3 mars 2026 à 09:12 », whatever the day: what is said of a date, not of a moment. */
export const dateAndTime = (at: Date, locale: Locale) =>
  new Intl.DateTimeFormat(regions[locale], { timeZone, dateStyle: 'long', timeStyle: 'short' }).format(at)

/** « Aujourd’hui à 14:03 », « 3 mars 2026 à 09:12 »: on its own. */
export const When = async ({ at, now }: { at: Date; now: Date }) => {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('date')])
  const text = t(nearness(at, now), { time: clockTime(at, locale), day: calendarDay(at, locale) })
  return <time dateTime={at.toISOString()}>{text}</time>
}

/** « 14:03 », « 17 nov., 10:05 », « 3 mars 2025 »: in a narrow column. */
export const BriefWhen = async ({ at, now }: { at: Date; now: Date }) => {
  const locale = await getLocale()
  const time = clockTime(at, locale)
  const thisYear = dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4)
  const year = thisYear ? {} : ({ year: 'numeric' } as const)
  const format = new Intl.DateTimeFormat(regions[locale], { timeZone, day: 'numeric', month: 'short', ...year })
  const day = format.format(at)
  const text = nearness(at, now) === 'today' ? time : thisYear ? `${day}, ${time}` : day
  return <time dateTime={at.toISOString()}>{text}</time>
}
