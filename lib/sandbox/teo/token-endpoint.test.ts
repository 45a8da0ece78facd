import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TeoEnrolment } from '../control/remote-control.ts'
import { providerSettings } from '../provider-settings.ts'
import { openTrial, type Trial } from '../test-sandbox.ts'
import { delvauxClient, formationVandenbroeck, groupClient } from './seeds.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.stop())

const basic = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }): string =>
  `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`

const ask = (authorization: string, params: Record<string, string>): Promise<Response> =>
  fetch(`${providerSettings(trial.url).TEO_AUTH_URL}/oauth2/token`, {
    method: 'POST',
    headers: authorization === '' ? {} : { authorization },
    body: new URLSearchParams(params),
  })

const form = (teoId: string, changes: object = {}) => ({
  grant_type: 'client_credentials',
  scope: `target-entity:${teoId}`,
  ...changes,
})

const errorOf = async (response: Promise<Response>): Promise<unknown[]> => {
  const answered = await response
  return [answered.status, ((await answered.json()) as { error: string }).error]
}

test('the answer has four keys, lives 599 s, is not to be stored, and brings nothing to refresh', async () => {
  const enrolled = await trial.control.enrol()
  const response = await ask(basic(enrolled), form(enrolled.teoId))
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
  const body = (await response.json()) as Record<string, unknown>
  expect(Object.keys(body)).toEqual(['access_token', 'expires_in', 'scope', 'token_type'])
  expect(body).toMatchObject({ expires_in: 599, scope: `target-entity:${enrolled.teoId}`, token_type: 'Bearer' })
  expect(body.access_token).toMatch(/^eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9\.[\w-]+\.[\w-]+$/)
})

describe('credentials', () => {
  test('count raw: percent-encoded they are others', async () => {
    const { clientId, clientSecret, teoIds } = delvauxClient
    const encoded = { clientId, clientSecret: encodeURIComponent(clientSecret) }
    expect((await ask(basic(delvauxClient), form(teoIds[0] ?? ''))).status).toBe(200)
    expect(await errorOf(ask(basic(encoded), form(teoIds[0] ?? '')))).toEqual([401, 'invalid_client'])
  })

  test('wrong, absent, or in the body are refused with a challenge', async () => {
    const enrolled = await trial.control.enrol()
    const { clientId: client_id, clientSecret: client_secret } = enrolled
    const refused = [
      await ask(basic({ ...enrolled, clientSecret: 'x' }), form(enrolled.teoId)),
      await ask('', form(enrolled.teoId)),
      await ask('', form(enrolled.teoId, { client_id, client_secret })),
      await ask('Basic %%%', form(enrolled.teoId)),
    ]
    for (const response of refused) {
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="auth.teoapp.fr"')
      expect(await errorOf(Promise.resolve(response))).toEqual([401, 'invalid_client'])
    }
  })

  test('a new secret for a known client counts at once', async () => {
    const first = await trial.control.enrol()
    const second = await trial.control.enrol({ ...first, clientSecret: 'autre-secret' })
    expect((await ask(basic(first), form(first.teoId))).status).toBe(401)
    expect((await ask(basic(second), form(first.teoId))).status).toBe(200)
  })
})

describe('what is asked for', () => {
  test('an instance of others, an unknown one, several or none is invalid_scope', async () => {
    const authorization = basic(delvauxClient)
    const own = `target-entity:${delvauxClient.teoIds[0]}`
    for (const scope of [`target-entity:${formationVandenbroeck.teoId}`, `${own} ${own}`, 'target-entity:', 'openid'])
      expect(await errorOf(ask(authorization, form('', { scope })))).toEqual([400, 'invalid_scope'])
    expect(await errorOf(ask(authorization, { grant_type: 'client_credentials' }))).toEqual([400, 'invalid_scope'])
  })

  test('a client of two instances opens both', async () => {
    for (const teoId of groupClient.teoIds) expect((await ask(basic(groupClient), form(teoId))).status).toBe(200)
  })

  test('another grant is unsupported, none is no request', async () => {
    const enrolled = await trial.control.enrol()
    const refreshing = form(enrolled.teoId, { grant_type: 'refresh_token' })
    expect(await errorOf(ask(basic(enrolled), refreshing))).toEqual([400, 'unsupported_grant_type'])
    expect(await errorOf(ask(basic(enrolled), {}))).toEqual([400, 'invalid_request'])
  })
})

test('the journal counts token requests, names client and instance, and holds no secret', async () => {
  const enrolled: TeoEnrolment = await trial.control.enrol()
  await trial.control.script(enrolled, [{ on: 'teo.token', delay_before: 250, times: 2 }])
  await Promise.all([1, 2].map(() => ask(basic(enrolled), form(enrolled.teoId))))
  const report = await trial.control.journal(enrolled.clientId)
  expect([report.token_requests_in_flight, report.max_token_requests_in_flight]).toEqual([0, 2])
  expect(report.requests).toHaveLength(2)
  expect(report.requests[0]).toMatchObject({
    endpoint: 'teo.token',
    connection: `${enrolled.clientId}:${enrolled.teoId}`,
    grant_type: 'client_credentials',
    committed: true,
    issued: { refresh_token: null, rotated: false },
    status: 200,
    delivered: true,
  })
  expect(JSON.stringify(report)).not.toContain(enrolled.clientSecret)
})
