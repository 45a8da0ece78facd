import { getLocale, getTranslations } from 'next-intl/server'
import { linesOf } from '#lib/server/loaders/sync/list-pages.ts'
import type { ShownRecord } from '#lib/server/loaders/sync/records-page.ts'

type Value = ShownRecord['body'][string] | undefined

const languageCode = /^[a-z]{2}$/

/** Words what a record holds, in the reader's language. */
export const recordWords = async () => {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('lists')])
  const languages = new Intl.DisplayNames(locale, { type: 'language' })

  /** « Désactivé »; what a provider calls otherwise stays as it is called there. */
  const status = (value: string) => {
    const key = `status.${value}` as 'status.active'
    return t.has(key) ? t(key) : value
  }
  /** « français »; a service stays as it is called. */
  const language = (value: string) => (languageCode.test(value) ? (languages.of(value) ?? value) : value)

  /** What a field says, a line for each part. */
  const lines = (field: string, value: Value): string[] => {
    if (typeof value === 'string' && field === 'status') return [status(value)]
    if (typeof value === 'string' && field === 'language') return [language(value)]
    const said = linesOf(value, { yes: t('yes'), no: t('no') })
    return field === 'tags' ? [said.join(', ')].filter((line) => line !== '') : said
  }

  return { t, status, language, lines, nameOf: ({ name }: Pick<ShownRecord, 'name'>) => name || t('unnamed') }
}

export type RecordWords = Awaited<ReturnType<typeof recordWords>>
