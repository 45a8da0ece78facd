import { getTranslations } from 'next-intl/server'

/** The consent came back while nobody was signed in: one press is left. */
export const FinishNotice = async () => {
  const t = await getTranslations()
  return (
    <div className="notice" data-tone="ok">
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="12" cy="12" r="10" />
        <path d="M7 12h9.5M12.5 8l4 4-4 4" />
      </svg>
      <div>
        <p>
          <strong>{t('finish.title')}</strong>
        </p>
        <p>{t('finish.text')}</p>
      </div>
      <div className="actions">
        {/* a plain link: fetching it ahead would spend the code */}
        <a className="button primary" href="/oauth/callback/suite">
          {t('button.finish')}
        </a>
      </div>
    </div>
  )
}
