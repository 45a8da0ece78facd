import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'

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

/** @returns what the library threw, as a failure of ours */
export const failureOf = (error: unknown): Failure =>
  error instanceof Failure ? error : new Failure(codeOf(error), {}, { cause: error })
