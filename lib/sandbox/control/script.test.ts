import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTrial, type Trial } from '../test-sandbox.ts'
import type { Step } from './script.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.stop())

/** A fresh client's first refresh under `steps`, and what the journal says of it. */
async function refreshUnder(steps: Step[]) {
  const client = await trial.control.integrate()
  const { refresh_token } = await trial.connect(client)
  await trial.control.script(client, steps)
  const response = await trial.refresh(client, refresh_token).catch(() => undefined)
  const entry = (await trial.control.journal(client.clientId)).requests.at(-1)
  return { response, entry, again: () => trial.refresh(client, refresh_token) }
}

describe('answers that follow a rotation', () => {
  test.each([
    ['commit_then_drop', undefined],
    ['commit_then_500', 500],
    ['commit_then_html', 200],
  ] as const)('%s spends the token though the pair never arrives', async (verb, status) => {
    const { response, entry, again } = await refreshUnder([{ [verb]: true }])
    expect(response?.status).toBe(status)
    expect(entry).toMatchObject({ committed: true, delivered: status !== undefined, status: status ?? null })
    expect((await again()).status).toBe(400)
  })

  test('commit puts any answer in the place of the pair', async () => {
    const { response, entry } = await refreshUnder([{ commit: true, status: 200, body: '{"access_token":"ey' }])
    expect(await response?.text()).toBe('{"access_token":"ey')
    expect(entry).toMatchObject({ committed: true })
  })

  test('set changes keys of the pair and takes out those set to null', async () => {
    const { response, entry } = await refreshUnder([{ set: { expires_in: 'soon', token_type: null } }])
    const body = await response?.json()
    expect(Object.keys(body)).toEqual(['expires_in', 'access_token', 'refresh_token'])
    expect(body.expires_in).toBe('soon')
    expect(entry).toMatchObject({ committed: true, scripted: ['set'] })
  })
})

describe('answers in the place of the provider', () => {
  test('reset_before cuts the line and spends nothing', async () => {
    const { response, entry, again } = await refreshUnder([{ reset_before: true }])
    expect(response).toBeUndefined()
    expect(entry).toMatchObject({ committed: false, delivered: false, status: null })
    expect((await again()).status).toBe(200)
  })

  test('status, headers and body are sent as scripted, and spend nothing', async () => {
    const { response, again } = await refreshUnder([{ status: 503, headers: { 'retry-after': '7' }, body: '<p>later' }])
    expect([response?.status, response?.headers.get('retry-after')]).toEqual([503, '7'])
    expect(response?.headers.get('content-type')).toMatch('text/html')
    expect(await response?.text()).toBe('<p>later')
    expect((await again()).status).toBe(200)
  })

  test('a JSON body is sent as JSON', async () => {
    const { response } = await refreshUnder([{ status: 400, body: { error: 'invalid_grant' } }])
    expect(await response?.json()).toEqual({ error: 'invalid_grant' })
  })

  test('body_base64 carries bytes, compressed ones too', async () => {
    const body_base64 = gzipSync('{"a":1}').toString('base64')
    const { response } = await refreshUnder([{ body_base64, headers: { 'content-encoding': 'gzip' } }])
    expect(await response?.text()).toBe('{"a":1}')
  })

  test('huge sends that many bytes', async () => {
    const { response, entry } = await refreshUnder([{ huge: 1_000_001 }])
    expect((await response?.arrayBuffer())?.byteLength).toBe(1_000_001)
    expect(entry).toMatchObject({ committed: false })
  })

  test('redirect sends a 307 to wherever, body and all', async () => {
    const other = createServer((_, answer) => answer.end('elsewhere')).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { response } = await refreshUnder([{ redirect: `http://127.0.0.1:${port}/` }])
    expect(await response?.text()).toBe('elsewhere')
    other.close()
  })
})

test('drip sends the real pair byte by byte', async () => {
  const { response } = await refreshUnder([{ drip: 0 }])
  expect(Object.keys(await response?.json())).toHaveLength(4)
})

test('delays leave the answer as it is', async () => {
  const { response } = await refreshUnder([{ delay_before: 1, delay_after: 1 }])
  expect(response?.status).toBe(200)
})

describe('the queue', () => {
  test('a step is used up by one matching request, or by as many as it says', async () => {
    const client = await trial.control.integrate()
    const { access_token } = await trial.connect(client)
    await trial.control.script(client, [
      { status: 500 },
      { on: 'users.me', status: 503, times: 2 },
      { on: '*', status: 418 },
    ])
    const statuses = []
    for (let call = 0; call < 4; call += 1) statuses.push((await trial.call(access_token, 'users.me')).status)
    expect(statuses).toEqual([503, 503, 418, 200])
    expect((await trial.refresh(client, 'x')).status).toBe(500)
  })

  test("a connection's script comes before its client's, and everybody's last", async () => {
    const client = await trial.control.integrate()
    const { access_token } = await trial.connect(client)
    const { requests } = await trial.control.journal(client.clientId)
    const connection = requests[0]?.connection ?? ''
    await trial.control.script({}, [{ on: 'companies.list', status: 503 }])
    await trial.control.script(client, [{ on: 'companies.list', status: 502 }])
    await trial.control.script({ connection }, [{ on: 'companies.list', status: 501 }])
    const statuses = []
    for (let call = 0; call < 4; call += 1) statuses.push((await trial.call(access_token, 'companies.list')).status)
    expect(statuses).toEqual([501, 502, 503, 200])
  })

  test('what is cleared waits no longer, for that client alone', async () => {
    const [client, other] = [await trial.control.integrate(), await trial.control.integrate()]
    for (const each of [client, other]) await trial.control.script(each, [{ status: 503, times: 1_000 }])
    await trial.control.clear(client)
    expect((await trial.refresh(client, 'def50200')).status).toBe(400)
    expect((await trial.refresh(other, 'def50200')).status).toBe(503)
  })

  test('revoke with an endpoint waits for its request', async () => {
    const { response, entry } = await refreshUnder([{ on: 'token', revoke: true }])
    expect(response?.status).toBe(400)
    expect(entry).toMatchObject({ scripted: ['revoke'], committed: false })
  })

  test("a reset of one client forgets its script, switches, grants and journal, and no one else's", async () => {
    const [client, other] = [await trial.control.integrate(), await trial.control.integrate()]
    const [pair, stored] = [await trial.connect(client), await trial.connect(other)]
    await trial.control.script(client, [{ status: 500 }])
    await trial.control.reset(client.clientId)
    expect((await trial.control.journal(client.clientId)).requests).toEqual([])
    expect((await trial.refresh(client, pair.refresh_token)).status).toBe(400)
    expect((await trial.refresh(other, stored.refresh_token)).status).toBe(200)
  })
})

test.each([
  [{ script: [{ delay: 5 }] }, 'unknown verb "delay"'],
  [{ script: [{ on: 'nowhere' }] }, 'verb "on" cannot be "nowhere"'],
  [{ switches: { leage: 'v8' } }, 'unknown switch "leage"'],
  [{ switches: { league: 'v7' } }, 'switch "league" cannot be "v7"'],
  [{ scripts: [] }, 'unknown key "scripts"'],
  [{ authorize: { client_id: 'x' } }, '"client_id" is unknown'],
])('the control plane refuses %j', async (request, error) => {
  const response = await fetch(`${trial.url}/__control`, { method: 'POST', body: JSON.stringify(request) })
  expect([response.status, await response.json()]).toEqual([400, { error }])
})
