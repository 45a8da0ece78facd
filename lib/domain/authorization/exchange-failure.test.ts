import { describe, expect, it } from 'vitest'
import { classify } from '../tokens/token-response.ts'
import { authStatusOf, exchangeFailure } from './exchange-failure.ts'

const decided = (status: number, body: object | string) =>
  classify({
    kind: 'answer',
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    retryAfterMs: null,
  })

const refused = (status: number, error: string, hint?: string) => decided(status, { error, ...(hint && { hint }) })

describe('a refused exchange', () => {
  it.each([
    // league 9
    [400, 'invalid_grant', 'Authorization code has expired', 'code_expired'],
    [400, 'invalid_grant', 'Authorization code has been revoked', 'code_used'],
    [400, 'invalid_request', 'Issue decrypting the authorization code', 'code_unreadable'],
    // league 8
    [400, 'invalid_request', 'Authorization code has expired', 'code_expired'],
    [400, 'invalid_request', 'Authorization code has been revoked', 'code_used'],
    [400, 'invalid_request', 'Cannot decrypt the authorization code', 'code_unreadable'],
    // both
    [400, 'invalid_request', 'Authorization code was not issued to this client', 'code_of_other_client'],
    [400, 'invalid_request', 'Invalid redirect URI', 'redirect_uri_refused'],
    [400, 'invalid_request', 'Check the `redirect_uri` parameter', 'redirect_uri_refused'],
    [400, 'invalid_grant', 'Something new', 'code_refused'],
    [400, 'invalid_grant', undefined, 'code_refused'],
    [401, 'invalid_client', undefined, 'invalid_client'],
    [400, 'invalid_scope', 'Check the `x` scope', 'request_refused'],
  ])('of %i %s « %s » is %s', (status, error, hint, code) => {
    expect(exchangeFailure(refused(status, error, hint))).toBe(code)
  })

  it('asks to start again when the answer was lost or held no refresh token', () => {
    expect(exchangeFailure(decided(200, '<html>'))).toBe('response_lost')
    expect(exchangeFailure(decided(200, { access_token: 'a' }))).toBe('response_lost')
    expect(exchangeFailure({ kind: 'not_sent' })).toBe('provider_unavailable')
    expect(exchangeFailure(decided(502, ''))).toBe('provider_unavailable')
    expect(exchangeFailure(decided(403, '<html>'))).toBe('provider_unavailable')
    expect(exchangeFailure(decided(429, ''))).toBe('provider_throttled')
  })

  it.each([
    [decided(200, { access_token: 'a', refresh_token: 'b' }), 'Success'],
    [refused(400, 'invalid_grant'), 'Failed, Status code: BadRequest'],
    [refused(401, 'invalid_client'), 'Failed, Status code: Unauthorized'],
    [decided(200, '<html>'), 'Failed, Status code: OK'],
    [decided(200, { access_token: 'a' }), 'Failed, Status code: OK'],
    [decided(201, { access_token: 'a' }), 'Failed, Status code: Created'],
    [decided(403, '<html>'), 'Failed, Status code: Forbidden'],
    [decided(503, ''), 'Failed, Status code: ServiceUnavailable'],
    [decided(429, ''), 'Failed, Status code: TooManyRequests'],
    [decided(418, ''), 'Failed, Status code: 418'],
    [decided(599, ''), 'Failed, Status code: 599'],
    [classify({ kind: 'not_sent', detail: '' }), 'Failed, No response'],
    [classify({ kind: 'no_answer', detail: '' }), 'Failed, No response'],
  ])('shows %j as « %s »', (outcome, text) => {
    expect(authStatusOf(outcome)).toBe(text)
  })
})
