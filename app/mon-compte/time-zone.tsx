import { getLocale, getTranslations } from 'next-intl/server'
import { cityOf } from '#app/_ui/display/near-day.ts'

interface Props {
  label: string
  chosen: string
  now: Date
}

/** « Bruxelles, il y est 14:03 »: by its city, since nobody knows the names of zones. */
export const TimeZone = async ({ label, chosen, now }: Props) => {
  const [t, locale] = await Promise.all([getTranslations('account'), getLocale()])
  const names = [...new Set([chosen, ...Intl.supportedValuesOf('timeZone')])]
  const zones = names
    .map((name) => {
      const format = { timeZone: name, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
      const time = new Intl.DateTimeFormat(locale, format).format(now)
      return { name, city: cityOf(name, locale), time }
    })
    .sort((a, b) => a.city.localeCompare(b.city, locale))
  return (
    <div className="field row">
      <label htmlFor="time-zone">{label}</label>
      <div>
        <select id="time-zone" name="timeZone" defaultValue={chosen}>
          {zones.map(({ name, city, time }) => (
            <option key={name} value={name}>
              {t('timeThere', { city, time })}
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}
