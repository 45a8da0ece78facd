import { getTranslations } from 'next-intl/server'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'

/** Which customer this is: its name, its number in Pro+, its id here. */
export const Identity = async ({ tenant }: Pick<TenantPage, 'tenant'>) => {
  const t = await getTranslations('console.tenant')
  return (
    <>
      <h1>{tenant.name}</h1>
      <dl className="identity">
        {tenant.ref ? (
          <div>
            <dt>{t('reference')}</dt>
            <dd className="mono">{tenant.ref}</dd>
          </div>
        ) : null}
        <div>
          <dt>{t('id')}</dt>
          <dd className="mono">{tenant.id}</dd>
        </div>
      </dl>
    </>
  )
}
