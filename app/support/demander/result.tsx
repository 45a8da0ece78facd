import { getTranslations } from 'next-intl/server'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { AskPage } from '#lib/server/loaders/support/ask-page.ts'

/** What the last requests came to. */
export const Result = async ({ page: { result } }: { page: AskPage }) => {
  if (!result) return null
  const t = await getTranslations('console.many')
  const left = t('left', { count: result.left })
  return (
    <div className="notice" data-tone={result.asked > 0 ? 'ok' : 'warn'} role="status">
      <StateIcon state={result.asked > 0 ? 'connected' : 'degraded'} />
      <div>
        <p>
          <strong>{t('done', { count: result.asked })}</strong>
        </p>
        {left === '' ? null : <p>{left}</p>}
      </div>
    </div>
  )
}
