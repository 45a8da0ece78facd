import {
  AuthorizationResponseError,
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
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import { isIssuer } from '#lib/domain/accounts/oidc-identity.ts'
import { hourMs } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { OidcProvider } from '#lib/ports/accounts.ts'

export interface OidcClient {
  issuer: string
  clientId: string
  clientSecret: string
}

const timeoutS = 10

/** A person's answer at the provider. @see https://openid.net/specs/openid-connect-core-1_0.html#AuthError */
const refusals = /^(access_denied|(interaction|login|consent|account_selection)_required)$/
/** Who this app is there, or what it asks for, is not as the provider wants it (RFC 6749 section 4.1.2.1). */
const misconfigurations =
  /^(unauthorized_client|invalid_client|invalid_request|invalid_scope|unsupported_response_type|unsupported_grant_type)$/
/** A return that belongs to no sign-in of this browser, or whose code is used up. */
const interruptions = /unexpected "?(state|iss)|"?nonce"? claim|"?state"? (response )?parameter|no authorization code/i

const codeOfError = (error: string): FailureCode => {
  if (refusals.test(error)) return 'oidc_refused'
  if (error === 'invalid_grant') return 'oidc_interrupted'
  return misconfigurations.test(error) ? 'oidc_misconfigured' : 'oidc_unavailable'
}

/** What an error of the library means to the person who signs in, and to the operator. */
const codeOf = (error: unknown): FailureCode => {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) return codeOfError(error.error)
  // the only client of a token endpoint is this one
  if (error instanceof WWWAuthenticateChallengeError) return 'oidc_misconfigured'
  const { code, cause, message = '' } = error as { code?: unknown; cause?: unknown; message?: string }
  const { message: reason = '' } = (cause ?? {}) as { message?: string }
  if (interruptions.test(message) || interruptions.test(reason)) return 'oidc_interrupted'
  return code === 'OAUTH_UNSUPPORTED_OPERATION' ? 'oidc_misconfigured' : 'oidc_unavailable'
}

const failureOf = (error: unknown): Failure =>
  error instanceof Failure ? error : new Failure(codeOf(error), {}, { cause: error })

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
  let known: { config: Promise<Configuration>; until: number } | null = null

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
    return config
  }

  /** Read again each hour, and after a failure. */
  const configuration = async (): Promise<Configuration> => {
    if (!known || known.until < Date.now()) {
      const config = discover()
      known = { config, until: Date.now() + hourMs }
      config.catch(() => {
        known = null
      })
    }
    return known.config
  }

  return {
    begin: (fresh) =>
      failing(async () => {
        const config = await configuration()
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
        const config = await configuration()
        const tokens = await authorizationCodeGrant(config, new URL(`${redirectUri}${query}`), {
          ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
          ...(fresh && { maxAge: 0 }),
        })
        const claims = tokens.claims()
        if (!claims) throw new Failure('oidc_unavailable')
        const { iss, sub } = claims
        // many providers keep the address out of the ID token; both claims are of one source, or one could vouch for the other
        const told =
          claims.email === undefined && config.serverMetadata().userinfo_endpoint
            ? await fetchUserInfo(config, tokens.access_token, sub)
            : claims
        return { iss, sub, email: told.email, email_verified: told.email_verified }
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
