import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTrial, type Trial } from '#lib/sandbox/test-sandbox.ts'
import { jeanBaptiste, marie } from '../seeds.ts'
import type { TokenPair } from './grants.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.stop())

const pairOf = async (response: Response): Promise<TokenPair> => (await response.json()) as TokenPair

test('of twenty simultaneous refreshes with one token exactly one wins', async () => {
  const client = await trial.control.integrate()
  const { refresh_token } = await trial.connect(client)
  await trial.control.script(client, [{ delay_before: 20, times: 20 }])
  const answers = await Promise.all(Array.from({ length: 20 }, () => trial.refresh(client, refresh_token)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)])
  const journal = await trial.control.journal(client.clientId)
  expect(journal.requests.filter(({ issued }) => issued?.rotated)).toHaveLength(1)
  expect(journal.max_token_requests_in_flight).toBeGreaterThan(1)
  expect(journal.token_requests_in_flight).toBe(0)
})

test('one refresh after the other is never counted as two in flight', async () => {
  const client = await trial.control.integrate()
  let { refresh_token } = await trial.connect(client)
  for (let round = 0; round < 5; round += 1)
    refresh_token = (await pairOf(await trial.refresh(client, refresh_token))).refresh_token
  expect((await trial.control.journal(client.clientId)).max_token_requests_in_flight).toBe(1)
})

test('a refresh kills the old access token', async () => {
  const client = await trial.control.integrate()
  const old = await trial.connect(client)
  const fresh = await pairOf(await trial.refresh(client, old.refresh_token))
  expect((await trial.call(old.access_token, 'users.me')).status).toBe(401)
  expect((await trial.call(fresh.access_token, 'users.me')).status).toBe(200)
})

test('the old access token survives a refresh when so switched', async () => {
  const client = await trial.control.integrate()
  await trial.control.turn(client, { old_access_token_survives: true })
  const old = await trial.connect(client)
  await trial.refresh(client, old.refresh_token)
  expect((await trial.call(old.access_token, 'users.me')).status).toBe(200)
})

test('using a spent refresh token does not hurt its successor', async () => {
  const client = await trial.control.integrate()
  const old = await trial.connect(client)
  const fresh = await pairOf(await trial.refresh(client, old.refresh_token))
  expect((await trial.refresh(client, old.refresh_token)).status).toBe(400)
  expect((await trial.refresh(client, fresh.refresh_token)).status).toBe(200)
})

test('a refused scope leaves the refresh token unspent', async () => {
  const client = await trial.control.integrate()
  const { refresh_token } = await trial.connect(client)
  expect((await trial.refresh(client, refresh_token, { scope: 'companies' })).status).toBe(400)
  expect((await trial.refresh(client, refresh_token)).status).toBe(200)
})

test('a grace lets a spent refresh token work until it is over', async () => {
  const client = await trial.control.integrate()
  const { refresh_token } = await trial.connect(client)
  await trial.control.script(client, [{ grace: 30_000 }])
  await trial.refresh(client, refresh_token)
  expect((await trial.refresh(client, refresh_token)).status).toBe(200)
  await trial.control.script({}, [{ clock: 30_000 }])
  expect((await trial.refresh(client, refresh_token)).status).toBe(400)
})

test('no_rotation hands the same refresh token back, once', async () => {
  const client = await trial.control.integrate()
  const { refresh_token } = await trial.connect(client)
  await trial.control.script(client, [{ no_rotation: true }])
  expect((await pairOf(await trial.refresh(client, refresh_token))).refresh_token).toBe(refresh_token)
  expect((await pairOf(await trial.refresh(client, refresh_token))).refresh_token).not.toBe(refresh_token)
})

test('revoke ends the grants of one connection and leaves the others', async () => {
  const client = await trial.control.integrate()
  const mine = await trial.connect(client, marie.email)
  const theirs = await trial.connect(client, jeanBaptiste.email)
  await trial.control.script({ connection: `${client.clientId}:${marie.account.id}` }, [{ revoke: true }])
  expect(await (await trial.refresh(client, mine.refresh_token)).json()).toMatchObject({
    errors: [{ meta: { hint: 'Token has been revoked' } }],
  })
  expect((await trial.call(mine.access_token, 'users.me')).status).toBe(401)
  expect((await trial.refresh(client, theirs.refresh_token)).status).toBe(200)
})

test('a second consent leaves the first pair alone unless switched', async () => {
  const client = await trial.control.integrate()
  const first = await trial.connect(client)
  await trial.connect(client)
  const next = await pairOf(await trial.refresh(client, first.refresh_token))
  await trial.control.turn(client, { new_grant_revokes_old: true })
  await trial.connect(client)
  expect((await trial.refresh(client, next.refresh_token)).status).toBe(400)
})

test('the access token expires by the clock of the sandbox', async () => {
  const client = await trial.control.integrate()
  await trial.control.turn(client, { access_ttl_s: 5 })
  const { access_token, expires_in } = await trial.connect(client)
  expect(expires_in).toBe(5)
  await trial.control.script({}, [{ clock: 5000 }])
  expect((await trial.call(access_token, 'users.me')).status).toBe(401)
})

test('there is no revoke endpoint', async () => {
  const response = await fetch(`${trial.url}/oauth2/revoke`, { method: 'POST' })
  expect(response.status).toBe(404)
})
