import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { providerSettings } from '../provider-settings.ts'
import { openTrial, type Trial } from '../test-sandbox.ts'
import { bilanDelvaux, formationVandenbroeck, groupClient } from './seeds.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.stop())

type Item = Record<string, unknown>
type Collection = { 'hydra:member': Item[]; 'hydra:totalItems': number; 'hydra:view': Item }

const tokenFor = async (client: { clientId: string; clientSecret: string }, teoId: string): Promise<string> => {
  const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: `target-entity:${teoId}` })
  const headers = { authorization: `Basic ${basic}` }
  const response = await fetch(`${trial.url}/oauth2/token`, { method: 'POST', headers, body })
  return ((await response.json()) as { access_token: string }).access_token
}

const read = (path: string, token?: string, accept = 'application/ld+json'): Promise<Response> =>
  fetch(`${providerSettings(trial.url).TEO_API_URL}/dossiers${path}`, {
    headers: { accept, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  })

const pageOf = async (path: string, token: string): Promise<Collection> =>
  (await (await read(path, token)).json()) as Collection

const refusal = async (response: Promise<Response>): Promise<unknown[]> => {
  const answered = await response
  const body = (await answered.json()) as Item
  expect(body).toMatchObject({ '@type': 'hydra:Error', 'hydra:title': 'An error occurred' })
  return [answered.status, body['hydra:description']]
}

describe('the collection', () => {
  test('comes by 30, says how many there are, and is empty past its end', async () => {
    const token = await tokenFor(groupClient, bilanDelvaux.teoId)
    const pages = await Promise.all(['', '?page=2', '?page=3', '?page=4'].map((path) => pageOf(path, token)))
    expect(pages.map((page) => page['hydra:member'].length)).toEqual([30, 30, 14, 0])
    expect(new Set(pages.map((page) => page['hydra:totalItems']))).toEqual(new Set([74]))
    const ids = pages.flatMap((page) => page['hydra:member'].map(({ id }) => id))
    expect(new Set(ids).size).toBe(74)
    expect(pages.map((page) => page['hydra:view']['hydra:next'] !== undefined)).toEqual([true, true, false, false])
  })

  test('drops the prefix, or sends its reader to another host, by the switches', async () => {
    const enrolled = await trial.control.enrol()
    const token = await tokenFor(enrolled, enrolled.teoId)
    await trial.control.turn(enrolled, { teo_hydra_prefix: false, teo_next_host: 'https://ailleurs.example' })
    expect(await pageOf('', token)).toMatchObject({
      '@type': 'Collection',
      totalItems: 34,
      member: { length: 30 },
      view: { next: 'https://ailleurs.example/api/production/dossiers?page=2' },
    })
  })

  test('loses dossiers for a reader of pages while it changes, and says another total', async () => {
    const enrolled = await trial.control.enrol()
    await trial.control.turn(enrolled, { teo_rate_limit: 1_000 })
    const token = await tokenFor(enrolled, enrolled.teoId)
    const dossiers = trial.teo.dossiers(enrolled.teoId)
    dossiers.seed(900)
    const before = dossiers.all().map(({ summary }) => summary.id)
    dossiers.storm({ seed: 4, before: 3, after: 3 })
    const pages: Collection[] = []
    while (pages.length === 0 || pages.at(-1)?.['hydra:view']['hydra:next'] !== undefined)
      pages.push(await pageOf(`?page=${pages.length + 1}`, token))
    dossiers.storm(null)
    const seen = new Set(pages.flatMap((page) => page['hydra:member'].map(({ id }) => id)))
    const lost = before.filter((id) => dossiers.find(String(id)) !== undefined && !seen.has(id))
    expect(lost.length).toBeGreaterThan(0)
    expect(new Set(pages.map((page) => page['hydra:totalItems'])).size).toBeGreaterThan(1)
  })

  test('is the one instance’s of the token, and an unknown filter filters nothing', async () => {
    const token = await tokenFor(groupClient, formationVandenbroeck.teoId)
    expect((await pageOf('?updatedAt[after]=2099-01-01', token))['hydra:totalItems']).toBe(60)
  })

  test('a page that is none is 422 with what is wrong, one below 1 is 400', async () => {
    const token = await tokenFor(groupClient, bilanDelvaux.teoId)
    const odd = await read('?page=deux', token)
    expect(await odd.clone().json()).toMatchObject({ violations: [{ propertyPath: 'page' }] })
    expect(await refusal(Promise.resolve(odd))).toEqual([422, 'page: Cette valeur doit être de type int.'])
    expect(await refusal(read('?page=0', token))).toEqual([400, 'Page should not be less than 1'])
  })
})

test('a dossier says more than its line; another instance’s is forbidden, an unknown one not found', async () => {
  const token = await tokenFor(groupClient, bilanDelvaux.teoId)
  const [line] = (await pageOf('', token))['hydra:member']
  const dossier = (await (await read(`/${line?.id}`, token)).json()) as Item
  expect(dossier).toMatchObject({ ...line, '@context': '/api/contexts/Dossier', birthDate: '1987-04-25' })
  const theirs = await tokenFor(groupClient, formationVandenbroeck.teoId)
  expect(await refusal(read(`/${line?.id}`, theirs))).toEqual([403, 'Access Denied.'])
  expect(await refusal(read('/0', token))).toEqual([404, 'Not Found'])
})

describe('who may read', () => {
  test('no token, garbage, a forged one, and one revoked', async () => {
    const enrolled = await trial.control.enrol()
    const token = await tokenFor(enrolled, enrolled.teoId)
    expect(await refusal(read(''))).toEqual([401, 'No authorization header found'])
    expect(await refusal(read('', 'garbage'))).toEqual([401, 'Invalid token'])
    expect(await refusal(read('', `${token}x`))).toEqual([401, 'Signature verification failed'])
    expect((await read('', token)).status).toBe(200)
    await trial.control.script(enrolled, [{ revoke: true }])
    expect(await refusal(read('', token))).toEqual([401, 'Invalid token'])
  })

  test('an expired one, after as long as the switch says', async () => {
    const enrolled = await trial.control.enrol()
    await trial.control.turn(enrolled, { teo_access_ttl_s: 0 })
    expect(await refusal(read('', await tokenFor(enrolled, enrolled.teoId)))).toEqual([401, 'Expired token'])
  })

  test('only JSON-LD is served', async () => {
    const token = await tokenFor(groupClient, bilanDelvaux.teoId)
    expect((await read('', token, '*/*')).status).toBe(406)
    const response = await read('', token, 'application/ld+json; q=0.9, text/html')
    expect(response.headers.get('content-type')).toContain('application/ld+json')
  })

  test('sixty calls a minute are answered', async () => {
    const enrolled = await trial.control.enrol()
    const token = await tokenFor(enrolled, enrolled.teoId)
    const statuses = []
    for (let call = 0; call < 61; call += 1) statuses.push((await read('', token)).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(60)
    expect(statuses.at(-1)).toBe(429)
    await trial.control.script({}, [{ clock: 60_000 }])
    expect((await read('', token)).status).toBe(200)
  })

  test('too many calls are told so', async () => {
    const enrolled = await trial.control.enrol()
    const token = await tokenFor(enrolled, enrolled.teoId)
    await trial.control.turn(enrolled, { teo_rate_limit: 1 })
    await read('', token)
    expect(await refusal(read('', token))).toEqual([429, 'Limite de requêtes atteinte'])
  })

  test('a step waits for its endpoint', async () => {
    const enrolled = await trial.control.enrol()
    await trial.control.script(enrolled, [{ on: 'teo.dossiers', status: 503 }])
    const token = await tokenFor(enrolled, enrolled.teoId)
    expect((await read('', token)).status).toBe(503)
    expect((await read('', token)).status).toBe(200)
  })
})
