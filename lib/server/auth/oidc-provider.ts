import type { OAuthConfig } from 'next-auth/providers/oauth'
import type { Container } from '#lib/composition/container.ts'
import { fieldsOf } from '#lib/composition/log-fields.ts'
import type { OidcSettings } from '#lib/composition/oidc-settings.ts'
import { isIssuer, readOidcIdentity } from '#lib/domain/accounts/oidc-identity.ts'
import type { Client, Session } from '#lib/domain/accounts/session.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'

export const oidcId = 'oidc'

const answerTimeoutMs = 10_000

/** Told how a sign-in ended, since next-auth words every refusal alike. */
export interface Ended {
  onRefused(failure: Failure): void
  onOpened?(session: Session & { user: User }): void
}

/** A person's answer at the provider. @see https://openid.net/specs/openid-connect-core-1_0.html#AuthError */
const refusals = /^(access_denied|(interaction|login|consent|account_selection)_required)$/

/** What the provider's page came back with instead of a code. */
export const failureOfReturn = (error: string): Failure =>
  new Failure(refusals.test(error) ? 'oidc_refused' : 'oidc_unavailable')

/** A return that belongs to no authorization of this browser, or whose code is used up. */
const isInterrupted = (error: Error & { error?: unknown }) =>
  error.error === 'invalid_grant' || 'checks' in error || error.message.startsWith('nonce mismatch')

/** What the errors of next-auth's OpenID client mean to the person who signs in. */
const clientFailure = (error: unknown): Failure => {
  const interrupted = error instanceof Error && isInterrupted(error)
  return new Failure(interrupted ? 'oidc_interrupted' : 'oidc_unavailable', {}, { cause: error })
}

const ownFailure = (error: unknown): Failure =>
  error instanceof Failure ? error : new Failure('unexpected', {}, { cause: error })

/**
 * The company's OpenID provider, as next-auth wants it. Signing in is the last step of reading the profile, as it is of
 * `authorize` with a password: the session is ours, and next-auth's token holds its id alone.
 */
export const oidcProvider = (
  { signInWithOidc, log }: Pick<Container, 'signInWithOidc' | 'log'>,
  { issuer, clientId, clientSecret }: OidcSettings,
  { onOpened, onRefused }: Ended,
  from: Client,
): OAuthConfig<Record<string, unknown>> => {
  const attempt = async <T>(step: () => Promise<T>, failureOf: (error: unknown) => Failure): Promise<T> => {
    try {
      return await step()
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code === 'oidc_unavailable') log.warn('the OpenID provider did not answer well', fieldsOf(error))
      if (failure.code === 'unexpected') log.error('a sign-in through the OpenID provider failed', fieldsOf(error))
      onRefused(failure)
      throw error
    }
  }
  return {
    id: oidcId,
    name: 'OpenID Connect',
    type: 'oauth',
    wellKnown: `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    authorization: { params: { scope: 'openid email' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    httpOptions: { timeout: answerTimeoutMs },
    token: {
      request: ({ client, provider, params, checks }) =>
        attempt(async () => {
          // next-auth takes the configuration at its word
          if (!isIssuer(issuer, client.issuer.metadata.issuer)) throw new Failure('oidc_unavailable')
          return { tokens: await client.callback(provider.callbackUrl, params, checks) }
        }, clientFailure),
    },
    userinfo: {
      // many providers keep the address out of the ID token
      request: ({ client, tokens }) =>
        attempt(async () => {
          const tokenSet = tokens as Awaited<ReturnType<typeof client.callback>>
          const claims = tokenSet.claims()
          if (claims.email !== undefined || !client.issuer.metadata.userinfo_endpoint) return claims
          return { ...(await client.userinfo(tokenSet)), ...claims }
        }, clientFailure),
    },
    profile: (claims) =>
      attempt(async () => {
        const identity = readOidcIdentity(claims)
        if (!identity) throw new Failure('oidc_unavailable')
        const session = await signInWithOidc.begin(identity, from)
        onOpened?.(session)
        return { id: session.id }
      }, ownFailure),
  }
}
