import { authFailed, authSuccess } from '../connections/auth-status.ts'
import type { FailureCode } from '../failure-codes.ts'
import { misconfiguration, type TokenOutcome } from '../tokens/token-response.ts'

/** The hints of league/oauth2-server 8 and 9 for a refused code; the two differ by nothing else that helps. */
const hints: Record<string, FailureCode> = {
  'authorization code has expired': 'code_expired',
  'authorization code has been revoked': 'code_used',
  'issue decrypting the authorization code': 'code_unreadable',
  'cannot decrypt the authorization code': 'code_unreadable',
  'authorization code was not issued to this client': 'code_of_other_client',
  'invalid redirect uri': 'redirect_uri_refused',
  'check the `redirect_uri` parameter': 'redirect_uri_refused',
}

/** The server judged nothing, so the code may be sent again while it lives. */
export const codeUnjudged: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'provider_unavailable',
  'provider_throttled',
])

/** Why an exchange gave no token pair; null when it did. */
export const exchangeFailure = (outcome: TokenOutcome): FailureCode | null => {
  switch (outcome.kind) {
    case 'rotated':
      return null
    case 'grant_dead':
      return hints[outcome.hint?.trim().toLowerCase() ?? ''] ?? 'code_refused'
    case 'misconfigured':
      return misconfiguration(outcome)
    case 'throttled':
      return 'provider_throttled'
    case 'transient':
    case 'not_sent':
      return 'provider_unavailable'
    // an access token alone would die within the hour and could not be refreshed
    case 'same_token':
    case 'ambiguous':
      return 'response_lost'
  }
}

/** The same through the operator's own client: that it is not authenticated is nothing that a tenant can put right. */
export const operatorFailure = (failure: FailureCode | null): FailureCode | null =>
  failure === 'invalid_client' ? 'provider_configuration' : failure

/** « Auth Status » after an exchange, verbatim as Pro+ printed it. */
export const authStatusOf = (outcome: TokenOutcome): string => {
  switch (outcome.kind) {
    case 'rotated':
      return authSuccess
    case 'not_sent':
      return authFailed(null)
    default:
      return authFailed(outcome.status)
  }
}
