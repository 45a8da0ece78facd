import { getTranslations } from 'next-intl/server'
import type { SupportPage } from '#lib/server/loaders/support/support-page.ts'
import { hrefOf } from '#lib/server/loaders/support/support-query.ts'

/** On to the next page, and back. */
export const Pages = async ({ query, page }: Pick<SupportPage, 'query' | 'page'>) => {
  const t = await getTranslations('console.pages')
  const { previous, next } = page
  if (!previous && !next) return null
  const at = (place: NonNullable<typeof next>, backward: boolean) =>
    hrefOf({ ...query, cursor: { place, backward }, open: null })
  return (
    <nav className="actions" aria-label={t('label')}>
      {previous ? (
        <>
          <a className="button quiet" href={hrefOf({ ...query, cursor: null, open: null })}>
            {t('first')}
          </a>
          <a className="button" href={at(previous, true)} rel="prev">
            {t('previous')}
          </a>
        </>
      ) : null}
      {next ? (
        <a className="button" href={at(next, false)} rel="next">
          {t('next')}
        </a>
      ) : null}
    </nav>
  )
}
