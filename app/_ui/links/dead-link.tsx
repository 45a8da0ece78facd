import { getTranslations } from 'next-intl/server'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { AuthLayout } from '../layout/auth-layout.tsx'

interface Props {
  code: FailureCode
  /** What to do next, where nobody sent the link. */
  fix?: string
  /** Where a new link can be had. */
  again?: { href: string; label: string }
}

/** Where a one-time link leads once it is used, expired or replaced. */
export const DeadLink = async ({ code, fix, again }: Props) => {
  const t = await getTranslations()
  return (
    <AuthLayout title={t('linkDead.title')} lede={t(`failures.${code}.cause`)}>
      <p className="help">{fix ?? t(`failures.${code}.fix`)}</p>
      <div className="actions">
        <a className="button primary" href="/connexion">
          {t(`failures.${code}.action`)}
        </a>
        {again ? (
          <a className="button" href={again.href}>
            {again.label}
          </a>
        ) : null}
      </div>
    </AuthLayout>
  )
}
