import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import type { KeysPage } from '#lib/server/loaders/api-keys/keys-page.ts'
import type { ScopeTable } from './scope-choice.tsx'
import type { LabelledTerm } from './term-choice.tsx'

const regions = { fr: 'fr-BE', nl: 'nl-BE', en: 'en-GB' } as const
const providers = ['teamleader', 'teo'] as const
const verbs = [
  { verb: 'data:read', words: 'data' },
  { verb: 'proxy', words: 'proxy' },
  { verb: 'token', words: 'token' },
] as const

/** The rights as a table: what a program may do, with whom. */
export const scopeTable = async (scopes: KeysPage['scopes']): Promise<ScopeTable> => {
  const t = await getTranslations()
  const rows = verbs.map(({ verb, words }) => ({
    id: words,
    label: t(`apiKeys.right.${words}`),
    help: t(`apiKeys.rightHelp.${words}`),
    boxes: providers.map((provider) => ({ scope: `${provider}:${verb}`, column: provider })),
  }))
  const metrics = { label: t('apiKeys.right.metrics'), help: t('apiKeys.rightHelp.metrics') }
  return {
    legend: t('apiKeys.rights'),
    may: t('apiKeys.programMay'),
    columns: providers.map((id) => ({ id, label: t(`journal.value.provider.${id}`) })),
    rows,
    metrics: scopes.includes('metrics:read') ? metrics : null,
  }
}

/** « Dans 90 jours, le 18 février 2027 ». */
export const termLabels = async (terms: KeysPage['terms']): Promise<LabelledTerm[]> => {
  const [t, locale, timeZone] = await Promise.all([getTranslations('apiKeys'), getLocale(), getTimeZone()])
  const day = new Intl.DateTimeFormat(regions[locale], { timeZone, dateStyle: 'long' })
  return terms.map(({ term, end }) => ({ term, label: t(`term.${term}`, { day: end ? day.format(end) : '' }) }))
}
