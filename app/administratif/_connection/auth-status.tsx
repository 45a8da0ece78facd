import { getTranslations } from 'next-intl/server'
import type { ConnectionView } from '#lib/domain/connections/connection-view.ts'

interface Props {
  status: ConnectionView['authStatus']
  prefix?: string
}

/** The last outcome of the token endpoint, verbatim as Pro+ showed it. */
export const AuthStatus = async ({ status, prefix = '' }: Props) => {
  const t = await getTranslations('fact')
  const id = `${prefix}auth-status`
  return (
    <div className="row">
      <dt id={id}>{t('authStatus')}</dt>
      <dd>
        <output className={status ? 'verbatim' : 'faint'} aria-labelledby={id}>
          {status?.text ?? t('noAttempt')}
        </output>
      </dd>
    </div>
  )
}
