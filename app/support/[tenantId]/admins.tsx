import { getTranslations } from 'next-intl/server'
import { When } from '#app/_ui/display/date.tsx'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'

const labels = { active: 'active', invited: 'invited', deactivated: 'disabled' } as const

/** Who can mend this customer's connections, and when they were last here. */
export const Admins = async ({ admins, now }: Pick<TenantPage, 'admins' | 'now'>) => {
  const t = await getTranslations('console.tenant')
  return (
    <section aria-labelledby="admins-title">
      <h2 id="admins-title">{t('users')}</h2>
      {admins.length === 0 ? (
        <p className="help">{t('nobody')}</p>
      ) : (
        <ul className="lines">
          {admins.map(({ id, name, email, state, lastSignInAt }) => (
            <li key={id}>
              <strong>{name}</strong> {email} <span className="faint">{t(labels[state])}</span>{' '}
              {state === 'invited' ? null : (
                <span className="faint">
                  {t('lastVisit')} {lastSignInAt ? <When at={lastSignInAt} now={now} /> : t('noVisit')}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
