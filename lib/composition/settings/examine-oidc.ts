import { oidcProvider } from '#lib/adapters/accounts/oidc.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { type OidcSettings, oidcRedirectUri } from './oidc-settings.ts'

/** What is wrong with the company's provider, as far as its configuration tells, without a container. */
export const examineOidc = (settings: OidcSettings, publicUrl: string): Promise<FailureCode | null> =>
  oidcProvider(settings, oidcRedirectUri(publicUrl)).examine()
