import 'server-only'
import { container } from '#lib/composition/container.ts'
import { fieldsOf } from '#lib/composition/log-fields.ts'
import { Failure } from '#lib/domain/failure.ts'

/** Told to the operator where it is not the person who can do something about it; thrown on. */
export const logOidcFailure = async (error: unknown): Promise<never> => {
  const { log } = await container()
  if (error instanceof Failure && error.code === 'oidc_misconfigured')
    log.error('the OpenID provider and the settings disagree', {
      ...fieldsOf(error.cause ?? error),
      failure: error.code,
      advice: 'Run « npm run -s admin -- doctor », and compare OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.',
    })
  else if (error instanceof Failure && error.code === 'oidc_unavailable')
    log.warn('the OpenID provider did not answer well', { ...fieldsOf(error.cause ?? error), failure: error.code })
  throw error
}
