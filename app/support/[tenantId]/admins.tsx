import { getTranslations } from 'next-intl/server'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'

const labels = { active: 'active', invited: 'invited', deactivated: 'disabled' } as const

/** Who can mend this customer's connections. */
export const Admins = async ({ admins }: Pick<TenantPage, 'admins'>) => {
  const t = await getTranslations('console.tenant')
  return (
    <section aria-labelledby="admins-title">
      <h2 id="admins-title">{t('users')}</h2>
      {admins.length === 0 ? (
        <p className="help">{t('nobody')}</p>
      ) : (
        <ul className="lines">
          {admins.map(({ id, name, state }) => (
            <li key={id}>
              <strong>{name}</strong> <span className="faint">{t(labels[state])}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
