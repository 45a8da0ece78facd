import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classify, classifyGrant, misconfiguration } from './token-response.ts'

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
    ['a control character in the refresh token', { ...pair, refresh_token: 'a\nb' }],
    ['an error beside a token that cannot be read', { access_token: 7, error: 'invalid_grant' }],
    ['an error that is none of OAuth', { error: 'Forbidden' }],
    ['a control character in a token', { ...pair, access_token: 'a\nb' }],
  ])('finds a 200 with %s ambiguous', (_, body) => {
    expect(answer(200, body)).toEqual({ kind: 'ambiguous', status: 200 })
  })

  it.each([200, 201, 202, 203, 206, 299])('keeps the pair of a %i', (status) => {
    expect(answer(status, { ...pair, expires_in: 60 })).toEqual(tokens(60))
    expect(answer(status, '')).toEqual({ kind: 'ambiguous', status })
  })

  it.each([undefined, null, ''])('takes a refresh token that is %j for absent', (refresh_token) => {
    const body = { access_token: 'a', expires_in: 60, refresh_token }
    expect(answer(200, body)).toEqual({ kind: 'same_token', status: 200, accessToken: 'a', lifetimeS: 60 })
  })

  /** What Teamleader's own API wraps an error in. */
  const listed = (type: string, hint?: string) => ({
    errors: [{ code: 8, title: 'The refresh token is invalid.', status: 400, meta: { type, ...(hint && { hint }) } }],
  })
  const shapes = [
    ['RFC 6749', (error: string, hint?: string) => ({ error, ...(hint && { hint }) })],
    ['Teamleader', listed],
  ] as const

  describe.each(shapes)('in the shape of %s', (_, shape) => {
    it.each([
      [400, 'invalid_grant', 'grant_dead'],
      [401, 'invalid_grant', 'grant_dead'],
      [400, 'invalid_request', 'grant_dead'],
      [401, 'invalid_request', 'grant_dead'],
      [403, 'invalid_grant', 'misconfigured'],
      [400, 'invalid_client', 'misconfigured'],
      [401, 'invalid_client', 'misconfigured'],
      [400, 'invalid_scope', 'misconfigured'],
      [400, 'unauthorized_client', 'misconfigured'],
      [400, 'unsupported_grant_type', 'misconfigured'],
      [400, 'invalid_target', 'misconfigured'],
      [401, 'access_denied', 'misconfigured'],
      [200, 'invalid_grant', 'grant_dead'],
      [201, 'invalid_client', 'misconfigured'],
    ])('a %i that says %s is %s', (status, error, kind) => {
      expect(answer(status, shape(error, 'Token has been revoked'))).toEqual({
        kind,
        status,
        error,
        hint: 'Token has been revoked',
      })
      expect(answer(status, shape(error))).toEqual({ kind, status, error, hint: null })
    })

    it.each([
      [400, 'temporarily_unavailable'],
      [403, 'server_error'],
      [400, 'slow_down'],
      [200, 'temporarily_unavailable'],
      [408, 'invalid_grant'],
      [500, 'invalid_grant'],
      [503, 'invalid_client'],
      [307, 'invalid_grant'],
      [400, 'Bad Request'],
      [404, 'not_found'],
      [403, 'forbidden'],
    ])('a %i that says %s passes', (status, error) => {
      expect(answer(status, shape(error))).toEqual(
        status === 200 ? expect.objectContaining({ kind: 'transient' }) : { kind: 'transient', status },
      )
    })

    it('is judged by the status it comes with, whichever that is', () => {
      for (let status = 100; status < 600; status += 1) {
        const kindFor = (dead: string) => {
          if (status === 429) return 'throttled'
          if (status >= 200 && status < 300) return dead
          if (status < 400 || status >= 500 || status === 408) return 'transient'
          return status === 400 || status === 401 ? dead : 'misconfigured'
        }
        expect([status, answer(status, shape('invalid_grant')).kind]).toEqual([status, kindFor('grant_dead')])
        expect([status, answer(status, shape('invalid_client')).kind]).toEqual([status, kindFor('misconfigured')])
      }
    })
  })

  it.each([
    [403, '<html><h1>403 Forbidden</h1></html>'],
    [400, { errors: [{ code: 3, meta: { type: 'not_found' } }] }],
    [404, '<html>'],
    [401, ''],
    [400, '{"message":"Forbidden"}'],
    [404, { timestamp: 1, status: 404, error: 'Not Found', path: '/oauth2/access_token' }],
    [403, { error: { code: 403, message: 'invalid_grant' } }],
    [400, { errors: [{ title: 'invalid_grant', status: 400 }] }],
    [400, { errors: [] }],
    [400, { errors: 'invalid_grant' }],
    [400, '"invalid_grant"'],
    [400, ['invalid_grant']],
    [407, '<html>'],
    [451, ''],
  ])('finds a %i with %j passing: the server was not heard', (status, body) => {
    expect(answer(status, body)).toEqual({ kind: 'transient', status })
  })

  it('never takes a body that does not speak OAuth for a decision', () => {
    const gateway = fc.oneof(
      fc.string(),
      fc.json(),
      fc.string().map((text) => `<html>invalid_grant ${text}</html>`),
      fc.record({ message: fc.string(), error: fc.constantFrom('Forbidden', 'Not Found', 'unauthorized', 403, null) }),
      fc.record({
        errors: fc.array(fc.record({ title: fc.constantFrom('invalid_grant', 'Forbidden'), meta: fc.anything() })),
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), gateway, (status, body) => {
        const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '')
        expect(['grant_dead', 'misconfigured']).not.toContain(answer(status, text).kind)
      }),
    )
  })

  it('keeps the words of a refusal, and nothing in it that could be a secret sent back', () => {
    const echoed = answer(400, { error: 'invalid_grant', hint: `Token def50200${'ab'.repeat(40)} has been revoked` })
    expect(echoed).toMatchObject({ error: 'invalid_grant', hint: 'Token … has been revoked' })
  })

  it('knows a request that never left from one without an answer', () => {
    expect(classify({ kind: 'not_sent', detail: 'ECONNREFUSED' })).toEqual({ kind: 'not_sent' })
    expect(classify({ kind: 'no_answer', detail: 'ECONNRESET' })).toEqual({ kind: 'ambiguous', status: null })
    const gaveUp = { kind: 'ambiguous', status: null, gaveUp: true }
    expect(classify({ kind: 'gave_up', detail: 'TimeoutError' })).toEqual(gaveUp)
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
    const token = { kind: 'same_token', status: 200, accessToken: 'eyJ.a.b', lifetimeS: 599 }
    expect(classifyGrant('client_credentials', evidence(200, { access_token: 'eyJ.a.b', expires_in: 599 }))).toEqual(
      token,
    )
    expect(classifyGrant('client_credentials', evidence(200, { ...pair, expires_in: 599 }))).toEqual(token)
  })

  it.each([
    ['the one asked for', 'target-entity:7', 'same_token'],
    ['more than was asked for', 'read target-entity:7', 'same_token'],
    ['nothing, which means the one asked for', undefined, 'same_token'],
    ['another instance', 'target-entity:8', 'misconfigured'],
    ['none at all', '', 'misconfigured'],
  ])('grants %s', (_, scope, kind) => {
    const said = { ...evidence(200, { access_token: 'eyJ.a.b', expires_in: 599, scope }), scope: 'target-entity:7' }
    const outcome = classifyGrant('client_credentials', said)
    expect(outcome.kind).toBe(kind)
    if (outcome.kind === 'misconfigured') expect(misconfiguration(outcome)).toBe('target_refused')
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
