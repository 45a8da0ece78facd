import { hasInvisible } from '../invisible.ts'
import { checkEmail } from './account-validation.ts'
import { foldEmail } from './user.ts'

/** Somebody at the company's OpenID provider, for ever: an address may pass to somebody else, these do not. */
export interface OidcBinding {
  issuer: string
  subject: string
}

/** Whom the provider says somebody is. */
export interface OidcIdentity extends OidcBinding {
  /** Folded; null unless the provider says that it was verified. */
  verifiedEmail: string | null
}

/**
 * Reads the claims of a verified ID token; only the boolean `true` verifies an address, and only one that a form would
 * take.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#ClaimStability
 * @returns null when they name nobody
 */
export const readOidcIdentity = (claims: Record<string, unknown>): OidcIdentity | null => {
  const { iss, sub, email, email_verified: verified } = claims
  if (typeof iss !== 'string' || typeof sub !== 'string' || iss === '' || sub === '') return null
  if (hasInvisible(iss + sub)) return null
  const verifies = typeof email === 'string' && verified === true && checkEmail(email).length === 0
  return { issuer: iss, subject: sub, verifiedEmail: verifies ? foldEmail(email) : null }
}

const withoutSlash = (issuer: string) => issuer.replace(/\/+$/, '')

/**
 * What a provider's configuration says of itself must be what was asked for; operators write the slash at its end or not.
 *
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
 */
export const isIssuer = (expected: string, named: unknown): boolean =>
  typeof named === 'string' && withoutSlash(named) === withoutSlash(expected)

export const isSameIdentity = (one: OidcBinding, other: OidcBinding): boolean =>
  one.issuer === other.issuer && one.subject === other.subject
