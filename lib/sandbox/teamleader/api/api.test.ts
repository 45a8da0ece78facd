import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTrial, type Trial } from '#lib/sandbox/test-sandbox.ts'
import { jeanBaptiste, luc, marie } from '../seeds.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.stop())

type Item = Record<string, unknown>
const dataOf = async (response: Response): Promise<Item[]> => ((await response.json()) as { data: Item[] }).data
const connected = async (
  user = marie.email,
  scopes = ['companies', 'contacts', 'departments', 'users'],
): Promise<string> => (await trial.connect(await trial.control.integrate({ scopes }), user)).access_token

describe('lists', () => {
  test('a page holds 20 by default, 100 at most, and says nothing about the rest', async () => {
    const token = await connected()
    const first = await trial.call(token, 'companies.list', { includes: 'pagination' })
    expect(Object.keys(await first.clone().json())).toEqual(['data'])
    expect(await dataOf(first)).toHaveLength(20)
    expect(await dataOf(await trial.call(token, 'companies.list', { page: { size: 100 } }))).toHaveLength(47)
    expect((await trial.call(token, 'companies.list', { page: { size: 101 } })).status).toBe(400)
  })

  test('pages count from 1, and the page after an exact multiple is empty', async () => {
    const token = await connected(jeanBaptiste.email)
    expect(await dataOf(await trial.call(token, 'companies.list', { page: { number: 2 } }))).toHaveLength(20)
    expect(await dataOf(await trial.call(token, 'companies.list', { page: { number: 3 } }))).toEqual([])
    expect((await trial.call(token, 'companies.list', { page: { number: 0 } })).status).toBe(400)
  })

  test('departments ignore the page', async () => {
    const token = await connected()
    const everything = await dataOf(await trial.call(token, 'departments.list'))
    expect(await dataOf(await trial.call(token, 'departments.list', { page: { size: 1, number: 9 } }))).toEqual(
      everything,
    )
  })

  test('unknown keys, filters and sort fields are ignored', async () => {
    const token = await connected()
    const body = { filter: { modified_since: 'x' }, sort: [{ field: 'nope' }], include: 'custom_fields', limit: 3 }
    const odd = await trial.call(token, 'companies.list', body)
    expect(odd.status).toBe(200)
    expect(await odd.json()).toEqual(await (await trial.call(token, 'companies.list')).json())
  })

  test('updated_since filters, and needs an offset', async () => {
    const token = await connected()
    const since = (updated_since: string): Promise<Response> =>
      trial.call(token, 'contacts.list', { filter: { updated_since }, page: { size: 100 } })
    const items = await dataOf(await since('2022-01-01T00:00:00+00:00'))
    expect(items.length).toBeGreaterThan(0)
    expect(items.length).toBeLessThan(63)
    expect((await since('2018-01-01T00:00:00.000Z')).status).toBe(400)
  })

  test('records are as dirty as real ones', async () => {
    const items = await dataOf(await trial.call(await connected(), 'companies.list', { page: { size: 100 } }))
    expect(items.some(({ vat_number }) => vat_number === 'BE 0644.450.380')).toBe(true)
    expect(items.some(({ primary_address, emails }) => primary_address === null && Array.isArray(emails))).toBe(true)
    expect(items.some(({ website }) => website === 'www.walter.example')).toBe(true)
    expect(items[0]).not.toHaveProperty('custom_fields')
  })

  test('custom fields come when included', async () => {
    const [item] = await dataOf(await trial.call(await connected(), 'contacts.list', { includes: 'custom_fields' }))
    expect(item).toHaveProperty('custom_fields')
    expect(item).not.toHaveProperty('price_list')
  })

  test('GET is tolerated', async () => {
    const headers = { authorization: `Bearer ${await connected()}` }
    const response = await fetch(`${trial.url}/contacts.list?page[size]=3&page[number]=2`, { headers })
    expect(await dataOf(response)).toHaveLength(3)
  })

  test('two accounts share no record', async () => {
    const ids = async (user: string): Promise<unknown[]> =>
      (await dataOf(await trial.call(await connected(user), 'companies.list'))).map(({ id }) => id)
    const [mine, theirs] = [await ids(marie.email), await ids(jeanBaptiste.email)]
    expect(mine.filter((id) => theirs.includes(id))).toEqual([])
  })
})

describe('who may read', () => {
  test('users.me names the user and the account, by id alone', async () => {
    const { data } = (await (await trial.call(await connected(), 'users.me')).json()) as { data: Item }
    expect(data).toMatchObject({ email: marie.email, account: { type: 'account', id: marie.account.id } })
    expect(JSON.stringify(data)).not.toContain(marie.account.name)
  })

  test('users.me needs the users scope, unless so switched', async () => {
    const token = await connected(marie.email, ['companies', 'contacts', 'departments'])
    expect((await trial.call(token, 'users.me')).status).toBe(403)
    expect((await trial.call(await connected(marie.email, ['users', 'contacts']), 'users.me')).status).toBe(200)
    await trial.control.turn({}, { users_me_needs_scope: false })
    expect((await trial.call(token, 'users.me')).status).toBe(200)
    await trial.control.turn({}, { users_me_needs_scope: true })
  })

  test('a scope that the integration lacks is a 403', async () => {
    const response = await trial.call(await connected(marie.email, ['companies', 'deals']), 'contacts.list')
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ errors: [{ status: 403 }] })
  })

  test('a user without rights gets 403 for departments and fewer properties elsewhere', async () => {
    const token = await connected(luc.email)
    expect((await trial.call(token, 'departments.list')).status).toBe(403)
    const [item] = await dataOf(await trial.call(token, 'companies.list'))
    expect(item).toHaveProperty('name')
    expect(item).not.toHaveProperty('iban')
  })

  test('no token, or an unknown one, is a 401', async () => {
    const bare = await fetch(`${trial.url}/users.me`, { method: 'POST' })
    expect([bare.status, (await trial.call('garbage', 'users.me')).status]).toEqual([401, 401])
    expect(await bare.json()).toMatchObject({ errors: [{ title: expect.any(String), status: 401 }] })
  })

  test('a body that is no JSON object is a 400', async () => {
    expect((await trial.call(await connected(), 'companies.list', [])).status).toBe(400)
  })
})

test('an unknown path is a 404 without version; all else carries it', async () => {
  const unknown = await trial.call('x', 'deals.nope')
  expect([unknown.status, unknown.headers.get('x-api-version')]).toEqual([404, null])
  expect((await trial.call('x', 'users.me')).headers.get('x-api-version')).toBe('2023-09-26')
})

describe('the rate limit', () => {
  test('every answer says what is left, and the one too many is a 429 without Retry-After', async () => {
    await trial.control.reset()
    const client = await trial.control.integrate()
    await trial.control.turn(client, { rate_limit: 2 })
    const { access_token } = await trial.connect(client)
    const answers: Response[] = []
    for (let call = 0; call < 3; call += 1) answers.push(await trial.call(access_token, 'users.me'))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['1', '0', '0'])
    expect(answers[2]?.headers.get('x-ratelimit-limit')).toBe('2')
    expect(answers[2]?.headers.get('x-ratelimit-reset')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0100$/)
    expect(answers[2]?.headers.get('retry-after')).toBeNull()
    expect(await answers[2]?.json()).toEqual({ errors: [{ code: 0, title: 'Too Many Requests', status: 429 }] })
    await trial.control.script({}, [{ clock: 60_000 }])
    expect((await trial.call(access_token, 'users.me')).status).toBe(200)
  })

  test('each account has a window of its own', async () => {
    const client = await trial.control.integrate()
    await trial.control.turn(client, { rate_limit: 1 })
    const [mine, theirs] = [await trial.connect(client), await trial.connect(client, jeanBaptiste.email)]
    await trial.call(mine.access_token, 'users.me')
    expect((await trial.call(mine.access_token, 'users.me')).status).toBe(429)
    expect((await trial.call(theirs.access_token, 'users.me')).status).toBe(200)
  })
})
