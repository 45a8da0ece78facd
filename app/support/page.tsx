import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LeftNotice } from '#app/_ui/left-notice.tsx'
import { SupportShell } from '#app/_ui/support-shell.tsx'
import { readConnections } from '#lib/server/support-list.ts'
import { TenantRow } from './tenant-row.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('support'))('title') })

export default async function SupportPage() {
  const [tenants, t] = await Promise.all([readConnections(), getTranslations('support')])
  const now = new Date()
  return (
    <SupportShell here="/support">
      <main id="content" className="wide">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede', { count: tenants.length })}</p>
        <LeftNotice />
        {tenants.length === 0 ? (
          <p className="help">{t('empty')}</p>
        ) : (
          <table>
            <caption className="unseen">{t('caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('client')}</th>
                <th scope="col">{t('state')}</th>
                <th scope="col">{t('since')}</th>
                <th scope="col">{t('lastSuccess')}</th>
              </tr>
            </thead>
            <tbody>
              {tenants.map((tenant) => (
                <TenantRow key={tenant.place.id} row={tenant} now={now} />
              ))}
            </tbody>
          </table>
        )}
      </main>
    </SupportShell>
  )
}
