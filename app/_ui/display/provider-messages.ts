import { getTranslations } from 'next-intl/server'
import { messageKey, type Wording } from '#lib/i18n/provider-messages.ts'

type Translate = Awaited<ReturnType<typeof getTranslations<never>>>

/** The catalogue as one provider is spoken of: its own words where it has some, the common ones else. */
export const providerMessages = async (wording: Wording): Promise<Translate> => {
  const t = await getTranslations()
  const translate = (key: Parameters<Translate>[0], ...values: never[]) => t(messageKey(wording, key), ...values)
  return Object.assign(translate, { rich: t.rich, markup: t.markup, raw: t.raw, has: t.has }) as Translate
}
