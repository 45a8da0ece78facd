import { getTranslations } from 'next-intl/server'

interface Props {
  label: string
  /** Addresses. */
  newest: string | null
  older: string | null
  /** How many entries were looked through, when not all were. */
  partial: number | null
  /** None was found among them. */
  nothing: boolean
}

/** How far the journal was looked through, and on to what is older. */
export const JournalPages = async ({ label, newest, older, partial, nothing }: Props) => {
  const t = await getTranslations('journal.filter')
  return (
    <>
      {partial === null ? null : (
        <p className={nothing ? 'nothing' : 'help'}>{t(nothing ? 'nothingPartial' : 'partial', { count: partial })}</p>
      )}
      {older || newest ? (
        <nav className="pages" aria-label={label}>
          {newest ? <a href={newest}>{t('newest')}</a> : null}
          {older ? (
            <a href={older} rel="next">
              {t(partial === null ? 'older' : 'further')}
            </a>
          ) : null}
        </nav>
      ) : null}
    </>
  )
}
