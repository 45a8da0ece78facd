import { getTranslations } from 'next-intl/server'

/** Support may ask for it; nobody else reads it. */
export const AccountId = async ({ id }: { id: string }) => {
  const t = await getTranslations('fact')
  return (
    <details className="account-id">
      <summary>{t('accountId')}</summary>
      <span className="mono">{id}</span>
    </details>
  )
}
