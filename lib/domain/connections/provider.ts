import { Failure } from '../failure.ts'

export const providerIds = ['teamleader', 'teamleader-v1', 'teo'] as const

/** A third party that a tenant can connect; each has its own file under `lib/adapters`. */
export type ProviderId = (typeof providerIds)[number]

/**
 * What lets us read a tenant's data: a person's consent (RFC 6749 section 4.1), the client's own credentials
 * (section 4.4), or keys that go along with every call.
 */
export type GrantKind = 'authorization_code' | 'client_credentials' | 'keys'

/** How a provider's tokens live. */
export interface RefreshPolicy {
  /** An access token is refreshed at the latest this long before its end, sooner by a fifth of a short life. */
  marginMs: number
  /** Renewed ahead of its end by the background work; else only when somebody asks for it. */
  ahead: boolean
}

/** @throws Failure `not_connected` for a provider that knows no access tokens: there are none to ask for. */
export const withTokens = <P extends { grant: GrantKind }>(provider: P): Exclude<P, { grant: 'keys' }> => {
  if (provider.grant === 'keys') throw new Failure('not_connected')
  return provider as Exclude<P, { grant: 'keys' }>
}

/** @throws Failure `not_connected` for a provider that asks nobody's consent. */
export const withConsent = <P extends { grant: GrantKind }>(
  provider: P,
): Extract<P, { grant: 'authorization_code' }> => {
  if (provider.grant !== 'authorization_code') throw new Failure('not_connected')
  return provider as Extract<P, { grant: 'authorization_code' }>
}
