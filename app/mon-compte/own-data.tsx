import { Download } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { AccountPage } from '#lib/server/loaders/accounts/account-page.ts'

/** What is kept of a person, to take along; and who erases it. */
export const OwnData = async ({ page: { user } }: { page: AccountPage }) => {
  const t = await getTranslations('account.data')
  return (
    <section className="section" aria-labelledby="account-data">
      <div className="section-head">
        <h2 id="account-data">{t('title')}</h2>
        <p>{t('lede')}</p>
      </div>
      <p>
        <a className="button" href="/mon-compte/export" download>
          <Download className="icon" aria-hidden="true" /> {t('export')}
        </a>
      </p>
      <p className="help">{user.role === 'support' ? t('support') : t('member', { tenant: user.tenantName })}</p>
    </section>
  )
}
