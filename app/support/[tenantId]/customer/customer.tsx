import { getTranslations } from 'next-intl/server'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'
import { Archive } from './archive.tsx'
import { Erase } from './erase.tsx'
import { Export } from './export.tsx'
import { Rename } from './rename.tsx'

/** What support does with the customer as a whole: least at the top. */
export const Customer = async (page: Pick<TenantPage, 'tenant' | 'customer' | 'now'>) => {
  const t = await getTranslations('console.customer')
  return (
    <section id="customer" className="manage" aria-labelledby="customer-title">
      <h2 id="customer-title">{t('title')}</h2>
      <Rename tenant={page.tenant} />
      <Export {...page} />
      {page.tenant.archivedAt ? <Erase {...page} /> : <Archive tenant={page.tenant} />}
    </section>
  )
}
