import { getTranslations } from 'next-intl/server'
import { StateIcon } from '#app/_ui/state-icon.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'

/** Told, and nothing asked: « en cours » or « déjà fait ». */
export const PassingNotice = async ({ page }: { page: KeyPage }) => {
  const t = await getTranslations()
  const code = page.problem?.code ?? 'exchange_done'
  const underWay = code === 'exchange_under_way'
  return (
    <div className="notice" data-tone="neutral" role="status">
      <StateIcon state={underWay ? 'awaiting_authorization' : 'connected'} />
      <div>
        <p>
          <strong>{t(`failures.${code}.cause`)}</strong>
        </p>
        <p>{t(`failures.${code}.fix`)}</p>
      </div>
      {underWay ? (
        <div className="actions">
          <a className="button" href="/administratif/cle-de-securite">
            {t('key.refresh')}
          </a>
        </div>
      ) : null}
    </div>
  )
}
