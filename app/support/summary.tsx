import { getTranslations } from 'next-intl/server'
import type { SupportPage } from '#lib/server/loaders/support/support-page.ts'
import { everything, hrefOf } from '#lib/server/loaders/support/support-query.ts'

type Small = '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10'

const isSmall = (text: string): text is Small => /^([2-9]|10)$/.test(text)

/** Up to ten in words, as a sentence begins. */
const spell = async (count: number) => {
  const t = await getTranslations('console')
  const text = String(count)
  return isSmall(text) ? t(`spelled.${text}`) : t('value', { count })
}

/** « Six clients ont besoin d’aide », and out of how many. */
export const Summary = async ({ counted, now }: Pick<SupportPage, 'counted' | 'now'>) => {
  const t = await getTranslations('console')
  const { tenants, inNeed, failed, at } = counted
  const seconds = Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000))
  const [needing, failing] = await Promise.all([spell(inNeed), spell(failed)])
  return (
    <>
      <h1>{t('needing', { count: inNeed, words: needing })}</h1>
      <p className="lede">
        {t('of', { count: tenants })}{' '}
        {failed > 0
          ? t.rich('failed', {
              count: failed,
              words: failing,
              link: (message) => <a href={hrefOf({ ...everything, failed: true })}>{message}</a>,
            })
          : null}{' '}
        {t('counted', { seconds })}
      </p>
    </>
  )
}
