import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classify, classifyGrant } from './token-answer.ts'

const answer = (status: number, body: unknown) =>
  classify({
    kind: 'answer',
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    retryAfterMs: null,
  })

const pair = { access_token: 'eyJ.a.b', refresh_token: 'def50200aa' }
const tokens = (lifetimeS: number) => ({
  kind: 'rotated',
  tokens: { accessToken: 'eyJ.a.b', refreshToken: 'def50200aa', lifetimeS },
})

describe('an answer of the token endpoint', () => {
  it.each([
    ['as documented', { ...pair, token_type: 'Bearer', expires_in: 3600 }, 3600],
    ['without token_type', { ...pair, expires_in: 3600 }, 3600],
    ['with expires_in absent', pair, 900],
    ['with expires_in 0', { ...pair, expires_in: 0 }, 900],
    ['with expires_in negative', { ...pair, expires_in: -1 }, 900],
    ['with expires_in as text', { ...pair, expires_in: 'soon' }, 900],
    ['with expires_in as digits in text', { ...pair, expires_in: '1800' }, 1800],
    ['with expires_in huge', { ...pair, expires_in: 1e300 }, 900],
    ['with expires_in null', { ...pair, expires_in: null }, 900],
    ['with expires_in of a year', { ...pair, expires_in: 365 * 24 * 3600 }, 24 * 24 * 3600],
    ['with a fraction', { ...pair, expires_in: 10.7 }, 10],
    ['with odd company', { ...pair, expires_in: 60, scope: 7, id_token: 'x', error: 'no' }, 60],
  ])('keeps the pair of a 200 %s', (_, body, lifetimeS) => {
    expect(answer(200, body)).toEqual(tokens(lifetimeS))
  })

  it.each([
    ['HTML', '<html>'],
    ['nothing', ''],
    ['truncated JSON', '{"access_token":"a","refr'],
    ['an array', [pair]],
    ['no access token', { refresh_token: 'x' }],
    ['a refresh token that is no text', { ...pair, refresh_token: 7 }],
    ['an empty refresh token', { ...pair, refresh_token: '' }],
    ['a control character in a token', { ...pair, access_token: 'a\nb' }],
  ])('finds a 200 with %s ambiguous', (_, body) => {
    expect(answer(200, body)).toEqual({ kind: 'ambiguous', status: 200 })
  })

  it('tells a plain 200 without a refresh token from an unreadable one', () => {
    expect(answer(200, { access_token: 'a', expires_in: 60 })).toEqual({
      kind: 'same_token',
      accessToken: 'a',
      lifetimeS: 60,
    })
  })

  it.each([
    [400, { error: 'invalid_grant', hint: 'Token has been revoked' }, 'grant_dead'],
    [401, { error: 'invalid_request', hint: 'Token has been revoked' }, 'grant_dead'],
    [400, { error: 'invalid_request', hint: 'Invalid redirect URI' }, 'grant_dead'],
    [401, { error: 'invalid_client' }, 'misconfigured'],
    [400, { error: 'invalid_scope' }, 'misconfigured'],
    [400, { error: 'unsupported_grant_type' }, 'misconfigured'],
    [403, { error: 'invalid_grant' }, 'misconfigured'],
    [404, '<html>', 'misconfigured'],
    [400, { errors: [{ title: 'invalid_grant' }] }, 'grant_dead'],
    [408, '', 'transient'],
    [429, '', 'throttled'],
    [500, { error: 'invalid_grant' }, 'transient'],
    [503, '<html>', 'transient'],
    [307, '', 'transient'],
  ])('judges %i %j as %s', (status, body, kind) => {
    expect(answer(status, body)).toMatchObject({ kind, status })
  })

  it('keeps the words of a refusal, and nothing in it that could be a secret sent back', () => {
    const echoed = answer(400, { error: 'invalid_grant', hint: `Token def50200${'ab'.repeat(40)} has been revoked` })
    expect(echoed).toMatchObject({ error: 'invalid_grant', hint: 'Token … has been revoked' })
  })

  it('knows a request that never left from one without an answer', () => {
    expect(classify({ kind: 'not_sent', detail: 'ECONNREFUSED' })).toEqual({ kind: 'not_sent' })
    expect(classify({ kind: 'no_answer', detail: 'TimeoutError' })).toEqual({ kind: 'ambiguous', status: null })
  })

  it('never throws, and never makes up a lifetime that is no number of seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
        expect(answer(status, body).kind).toBeTypeOf('string')
      }),
    )
    fc.assert(
      fc.property(fc.anything(), (expires_in) => {
        const outcome = answer(200, JSON.stringify({ ...pair, expires_in }) ?? '')
        if (outcome.kind !== 'rotated') throw new Error(outcome.kind)
        expect(outcome.tokens.lifetimeS).toBeGreaterThanOrEqual(1)
        expect(Number.isSafeInteger(outcome.tokens.lifetimeS)).toBe(true)
      }),
    )
  })
})

describe("an answer to the client's own credentials", () => {
  const evidence = (status: number, body: object) =>
    ({ kind: 'answer', status, body: JSON.stringify(body), retryAfterMs: null }) as const

  it('is an access token alone, whatever comes beside it', () => {
    const token = { kind: 'same_token', accessToken: 'eyJ.a.b', lifetimeS: 599 }
    expect(classifyGrant('client_credentials', evidence(200, { access_token: 'eyJ.a.b', expires_in: 599 }))).toEqual(
      token,
    )
    expect(classifyGrant('client_credentials', evidence(200, { ...pair, expires_in: 599 }))).toEqual(token)
  })

  it('can say that they are wrong, not that they have died', () => {
    for (const error of ['invalid_grant', 'invalid_request', 'invalid_client', 'invalid_scope'])
      expect(classifyGrant('client_credentials', evidence(400, { error }))).toMatchObject({
        kind: 'misconfigured',
        error,
      })
    expect(classifyGrant('authorization_code', evidence(400, { error: 'invalid_grant' })).kind).toBe('grant_dead')
  })
})
