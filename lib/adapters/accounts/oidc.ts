import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { isIssuer } from '#lib/domain/accounts/oidc-identity.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { OidcProvider } from '#lib/ports/accounts.ts'
import { failureOf } from './oidc-error.ts'

export interface OidcClient {
  issuer: string
  clientId: string
  clientSecret: string
}

const timeoutS = 10

const failing = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw failureOf(error)
  }
}

/** As the provider takes a secret: by Basic unless it says otherwise (OpenID Connect Discovery section 3). */
const authenticationOf = (methods: readonly string[] | undefined, secret: string) =>
  methods && !methods.includes('client_secret_basic') && methods.includes('client_secret_post')
    ? ClientSecretPost(secret)
    : ClientSecretBasic(secret)

/** @see https://openid.net/specs/openid-connect-core-1_0.html */
export const oidcProvider = ({ issuer, clientId, clientSecret }: OidcClient, redirectUri: string): OidcProvider => {
  /** As it was read when a sign-in last began. */
  let known: Configuration | null = null

  const discover = async (): Promise<Configuration> => {
    const url = new URL(`${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`)
    const execute = [enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [allowInsecureRequests] : [])]
    // how the secret is sent is known once the configuration is read
    let methods: readonly string[] | undefined
    const authenticate: ReturnType<typeof ClientSecretBasic> = (...call) =>
      authenticationOf(methods, clientSecret)(...call)
    const config = await discovery(url, clientId, undefined, authenticate, { execute, timeout: timeoutS }).catch(
      (error: unknown) => {
        // an answer that is no configuration comes from something else than the provider
        const answered = String((error as { code?: unknown }).code).startsWith('OAUTH_')
        throw new Failure(answered ? 'oidc_misconfigured' : 'oidc_unavailable', {}, { cause: error })
      },
    )
    const server = config.serverMetadata()
    if (!isIssuer(issuer, server.issuer)) throw new Failure('oidc_misconfigured')
    methods = server.token_endpoint_auth_methods_supported
    config.timeout = timeoutS
    known = config
    return config
  }

  return {
    begin: (fresh) =>
      failing(async () => {
        // read each time: a provider that is down is claimed here, and nobody is sent to a page that does not open
        const config = await discover()
        const checks = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), fresh }
        const url = buildAuthorizationUrl(config, {
          ...{ redirect_uri: redirectUri, scope: 'openid email', state: checks.state, nonce: checks.nonce },
          ...{ code_challenge: await calculatePKCECodeChallenge(checks.verifier), code_challenge_method: 'S256' },
          ...(fresh && { max_age: '0' }),
        })
        return { url: url.href, checks }
      }),

    finish: (query, { state, nonce, verifier, fresh }) =>
      failing(async () => {
        const config = known ?? (await discover())
        const tokens = await authorizationCodeGrant(config, new URL(`${redirectUri}${query}`), {
          ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
          ...(fresh && { maxAge: 0 }),
        })
        const claims = tokens.claims()
        if (!claims) throw new Failure('oidc_unavailable')
        const { iss, sub } = claims
        // many providers keep the address out of the ID token; both claims are of one source, or one could vouch for the other
        const claimed =
          claims.email === undefined && config.serverMetadata().userinfo_endpoint
            ? await fetchUserInfo(config, tokens.access_token, sub)
            : claims
        return { iss, sub, email: claimed.email, email_verified: claimed.email_verified }
      }),

    examine: async () => {
      try {
        await discover()
        return null
      } catch (error) {
        return failureOf(error).code
      }
    },
  }
}
