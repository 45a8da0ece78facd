import { checkText } from '#lib/domain/connections/client-credentials.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { parseObject } from '#lib/domain/tokens/token-response.ts'
import type { KeyProvider } from '#lib/ports/connections.ts'
import { callProvider, type HttpEvidence } from './http.ts'

/** 505 is how V1 says that 25 calls in 5 seconds are enough. */
const readFailure = (call: HttpEvidence): FailureCode | null => {
  if (call.kind !== 'answer') return 'provider_unavailable'
  const { status, body } = call
  if (status === 505 || status === 429) return 'provider_throttled'
  if (status === 200) return body.includes('Successful') ? null : 'read_failed'
  // V1 refuses with a reason; a page without one is something in front of it
  const refused = status >= 400 && status < 500 && typeof parseObject(body)?.reason === 'string'
  if (!refused) return 'provider_unavailable'
  return status === 400 || status === 401 || status === 403 ? 'keys_refused' : 'read_failed'
}

/**
 * Teamleader's API V1, obsolete and never switched off: keys in the form of every call.
 *
 * @see https://apidocs.teamleader.eu/general/authentication
 */
export const teamleaderV1 = (url: string): KeyProvider => ({
  grant: 'keys',
  settings: {
    identifier: (typed) => checkText(typed, { missing: 'api_group_missing', malformed: 'api_group_malformed' }),
    secret: (typed, stored) =>
      checkText(typed, { missing: stored ? null : 'api_secret_missing', malformed: 'api_secret_malformed' }),
    target: null,
  },
  apiVersion: 'V1',
  reads: ['hello'],
  supersedes: null,
  testRead: async (_, { identifier, secret }, deadlineMs) => {
    const body = new URLSearchParams({ api_group: identifier, api_secret: secret })
    const call = await callProvider(
      `${url}/helloWorld.php`,
      { method: 'POST', body },
      { deadlineMs, capBytes: 64 * 1024 },
    )
    return { failure: readFailure(call), status: call.kind === 'answer' ? call.status : null }
  },
})
