/** The company's OpenID provider, and who this app is there. */
export interface OidcSettings {
  issuer: string
  clientId: string
  clientSecret: string
}

/** What is registered at the provider. */
export const oidcRedirectUri = (publicUrl: string): string => `${publicUrl}/api/auth/callback/oidc`

interface Set {
  OIDC_ISSUER?: string | undefined
  OIDC_CLIENT_ID?: string | undefined
  OIDC_CLIENT_SECRET?: string | undefined
}

/** @returns null for passwords alone; `problems` takes what is wrong with the three together. */
export const readOidc = (set: Set, problems: string[]): OidcSettings | null => {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = set
  if (issuer && clientId && clientSecret) return { issuer, clientId, clientSecret }
  if (issuer || clientId || clientSecret)
    problems.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set together.')
  return null
}
