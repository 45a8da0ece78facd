import { afterAll, beforeAll, expect, test } from 'vitest'
import type { V1Pair } from '../control/remote-control.ts'
import { providerSettings } from '../provider-settings.ts'
import { openTrial, type Trial } from '../test-sandbox.ts'
import { atelierKeys } from './keys.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.stop())

const call = (name: string, { group, secret }: V1Pair, params: Record<string, string> = {}): Promise<Response> =>
  fetch(`${providerSettings(trial.url).TEAMLEADER_V1_URL}/${name}.php`, {
    method: 'POST',
    body: new URLSearchParams({ api_group: group, api_secret: secret, ...params }),
  })

type Item = Record<string, unknown>
const rows = async (response: Promise<Response>): Promise<Item[]> => (await (await response).json()) as Item[]

test('right keys are greeted in plain words, wrong ones are a 400 with a reason', async () => {
  const hello = await call('helloWorld', atelierKeys)
  expect([hello.status, await hello.text()]).toEqual([200, 'Successful Teamleader API request.'])
  for (const wrong of [{ secret: 'x' }, { secret: '' }, { group: '1' }]) {
    const refused = await call('helloWorld', { ...atelierKeys, ...wrong })
    expect(refused.status).toBe(400)
    expect(await refused.json()).toEqual({
      reason: 'The API key was not valid or the Teamleader account is no longer active.',
    })
  }
  expect((await fetch(`${trial.url}/api/helloWorld.php`)).status).toBe(400)
})

test('the twenty-sixth call within five seconds is a 505, by group', async () => {
  const [busy, calm] = [await trial.control.issueV1Keys(), await trial.control.issueV1Keys()]
  const statuses = await Promise.all(Array.from({ length: 26 }, async () => (await call('helloWorld', busy)).status))
  expect(statuses.filter((status) => status === 200)).toHaveLength(25)
  const over = await call('helloWorld', busy)
  expect([over.status, await over.text()]).toEqual([505, 'API rate limit reached'])
  expect((await call('helloWorld', calm)).status).toBe(200)
  await trial.control.script({}, [{ clock: 5_000 }])
  expect((await call('helloWorld', busy)).status).toBe(200)
})

test('lists are plain arrays by amount and a page counted from 0, with integer ids and unix dates', async () => {
  const keys = await trial.control.issueV1Keys()
  const first = await rows(call('getCompanies', keys, { amount: '40', pageno: '0' }))
  const second = await rows(call('getCompanies', keys, { amount: '40', pageno: '1' }))
  expect([first.length, second.length]).toEqual([40, 7])
  expect(first[0]).toMatchObject({ id: 2916166, name: 'Menuiserie Lambert', date_added: 1454604273, deleted: 0 })
  expect((await rows(call('getContacts', keys, { amount: '1' })))[0]).toMatchObject({ forename: 'Éloïse', gender: 'F' })
  expect(await rows(call('getDepartments', keys))).toContainEqual({ id: 1201, name: 'Atelier' })
  expect((await call('getCompanies', keys)).status).toBe(400)
  expect((await call('getCompanies', keys, { amount: '101' })).status).toBe(400)
})

test('new keys of a group end the old ones, a step waits for its call, and the journal holds no secret', async () => {
  const old = await trial.control.issueV1Keys()
  const { group, secret } = await trial.control.issueV1Keys({ group: old.group })
  await trial.control.script({ clientId: group }, [{ on: 'v1.hello', status: 503 }])
  expect((await call('helloWorld', { group, secret })).status).toBe(503)
  expect((await call('helloWorld', old)).status).toBe(400)
  const { requests } = await trial.control.journal(group)
  expect(requests.map(({ endpoint, status }) => [endpoint, status])).toEqual([
    ['v1.hello', 503],
    ['v1.hello', 400],
  ])
  expect(JSON.stringify(requests)).not.toContain(secret)
})
