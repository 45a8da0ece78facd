import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SupportShell } from '#app/_ui/layout/support-shell.tsx'
import { AddTenant } from './add-tenant.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('newTenant'))('title'),
})

export default async function NewTenantPage() {
  const t = await getTranslations('newTenant')
  return (
    <SupportShell here="/support/nouveau">
      <main id="content">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        <AddTenant />
      </main>
    </SupportShell>
  )
}
