import { Download } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { askHref } from '#lib/server/loaders/support/ask-page.ts'
import { hrefOf, type SupportQuery } from '#lib/server/loaders/support/support-query.ts'

/** What can be done with all that the filter shows. */
export const ListActions = async ({ query }: { query: SupportQuery }) => {
  const t = await getTranslations('console.many')
  const whole = { ...query, cursor: null, open: null }
  const [, filter = ''] = hrefOf(whole).split('?')
  return (
    <nav className="actions list-actions" aria-label={t('label')}>
      <a className="button quiet" href={askHref('reconnect', whole)}>
        {t('reconnect')}
      </a>
      <a className="button quiet" href={askHref('upgrade', whole)}>
        {t('upgrade')}
      </a>
      <a className="button quiet" href={`/support/export${filter && `?${filter}`}`} download>
        <Download className="icon" aria-hidden="true" /> {t('export')}
      </a>
    </nav>
  )
}
