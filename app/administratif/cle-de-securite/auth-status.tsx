import { getTranslations } from 'next-intl/server'
import type { ConnectionView } from '#lib/domain/connection-view.ts'

/** The last outcome of the token endpoint, verbatim as Pro+ showed it. */
export const AuthStatus = async ({ status }: { status: ConnectionView['authStatus'] }) => {
  const t = await getTranslations('fact')
  return (
    <div className="row">
      <dt id="auth-status">{t('authStatus')}</dt>
      <dd>
        <output className={status ? 'verbatim' : 'faint'} aria-labelledby="auth-status">
          {status?.text ?? t('noAttempt')}
        </output>
      </dd>
    </div>
  )
}
