import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { User } from '../teamleader/integration.ts'
import { jeanBaptiste, luc, marie, proPlus, sofie } from '../teamleader/seeds.ts'
import { openTrial, type Trial } from '../test-sandbox.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.stop())

const manual = { redirect: 'manual' } as const
const root = '/marketplace/integrations'
const callback = 'http://localhost:3000/oauth/callback'
const locationOf = (response: Response): string => response.headers.get('location') ?? ''

/** Somebody signed in, without a script. */
async function enter({ email, password }: User) {
  const form = new URLSearchParams({ email, password, continue: '/marketplace/construisez' })
  const delivery = await fetch(`${trial.signInUrl}/login`, { ...manual, method: 'POST', body: form })
  const entered = await fetch(locationOf(delivery), manual)
  const cookies = entered.headers.getSetCookie()
  const cookie = cookies.find((text) => text.includes('Path=/marketplace'))?.split(';')[0] ?? ''
  const get = (path: string) => fetch(`${trial.url}${path}`, { ...manual, headers: { cookie } })
  const post = (path: string, fields: [string, string][]) =>
    fetch(`${trial.url}${path}`, { ...manual, method: 'POST', headers: { cookie }, body: new URLSearchParams(fields) })
  return { landed: locationOf(entered), get, post }
}
type Visitor = Awaited<ReturnType<typeof enter>>

const basics: [string, string][] = [
  ['name', 'Testo Pro+ Sync'],
  ['categories', 'Comptabilité'],
]
const whole: [string, string][] = [
  ...basics,
  ['redirectUris', `${callback}\r\n\r\n http://localhost:3000/ `],
  ['scopes', 'companies'],
  ['scopes', 'departments'],
  ['shortDescription', 'Testo Pro+ Sync'],
  ['longDescription', 'Sync companies'],
]

const create = async ({ post }: Visitor): Promise<string> => locationOf(await post(`${root}/nouvelle`, basics))
const captured = (html: string, label: RegExp): string => label.exec(html)?.[1] ?? ''

const authorize = (path: string): Promise<Response> => {
  const client_id = path.slice(root.length + 1)
  const asked = { client_id, response_type: 'code', redirect_uri: callback }
  return fetch(`${trial.url}/oauth2/authorize?${new URLSearchParams(asked)}`, manual)
}

test('signed out, one is sent to sign in and comes back to the page one wanted', async () => {
  const turned = await fetch(`${trial.url}${root}`, manual)
  expect(locationOf(turned)).toBe(`${trial.signInUrl}/login?continue=${encodeURIComponent(root)}`)
  expect((await enter(marie)).landed).toBe('/marketplace/construisez')
})

test('an integration made and saved here works at once', async () => {
  const visitor = await enter(marie)
  const path = await create(visitor)
  expect((await authorize(path)).status).toBe(401)
  const saved = await visitor.post(path, [...whole, ['operation', 'save']])
  expect([saved.status, locationOf(saved)]).toEqual([303, `${path}?enregistre`])
  const html = await (await visitor.get(locationOf(saved))).text()
  expect(html).toContain('Enregistré avec succès')
  const clientId = captured(html, /id="client-id" value="(\w{32})"/)
  const clientSecret = captured(html, /aria-label="Secret client" value="(\w{32})"/)
  expect((await authorize(path)).status).toBe(302)
  const client = { name: '', clientId, clientSecret, redirectUris: [callback], scopes: [] }
  const { access_token } = await trial.connect(client)
  expect((await trial.call(access_token, 'companies.list')).status).toBe(200)
  expect((await trial.call(access_token, 'contacts.list')).status).toBe(403)
})

describe('what is refused is said at its field, with what was typed', () => {
  test.each<[string, [string, string][], string]>([
    [
      'a long name',
      [
        ['name', 'x'.repeat(26)],
        ['categories', 'Ventes'],
      ],
      'Le nom compte 26 caractères',
    ],
    ['no category', [['name', 'x']], 'Sélectionnez 1 ou 2 catégories.'],
    [
      'three categories',
      [['name', 'x'], ...['Ventes', 'Marketing', 'Comptabilité'].map((name): [string, string] => ['categories', name])],
      'Sélectionnez 1 ou 2 catégories.',
    ],
  ])('%s', async (_, fields, sentence) => {
    const response = await (await enter(marie)).post(`${root}/nouvelle`, fields)
    expect(response.status).toBe(422)
    const html = await response.text()
    expect(html).toContain(sentence)
    expect(html).toContain(`value="${fields[0]?.[1]}"`)
  })

  test('one scope, half an address, and no description', async () => {
    const visitor = await enter(marie)
    const path = await create(visitor)
    const response = await visitor.post(path, [...basics, ['redirectUris', 'localhost:3000/x'], ['scopes', 'contacts']])
    const html = await response.text()
    for (const sentence of [
      'Sélectionnez au moins 2 étendues.',
      '« localhost:3000/x » n’est pas une URL complète',
      'Décrivez brièvement l’intégration, en anglais.',
      'localhost:3000/x</textarea>',
    ])
      expect(html).toContain(sentence)
    expect((await authorize(path)).status).toBe(401)
  })
})

test('sent for publication it is locked, and nobody may authorize it', async () => {
  const visitor = await enter(marie)
  const path = await create(visitor)
  await visitor.post(path, [...whole, ['operation', 'submit']])
  const html = await (await visitor.get(path)).text()
  expect(html).toContain('elle est en cours de révision')
  expect(html).toMatch(/<fieldset class="all" disabled>/)
  const refused = await authorize(path)
  expect(refused.status).toBe(401)
  expect(await refused.text()).toContain('Intégration en cours de révision')
  await visitor.post(path, [...whole, ['name', 'Autre'], ['operation', 'save']])
  expect(await (await visitor.get(path)).text()).not.toContain('Autre')
})

test('nobody else sees it, and an employee sees nothing', async () => {
  const [mine, theirs, employee] = [await enter(marie), await enter(jeanBaptiste), await enter(luc)]
  const path = await create(mine)
  expect(await (await mine.get(root)).text()).toContain(path)
  expect(await (await theirs.get(root)).text()).not.toContain(path)
  expect([(await theirs.get(path)).status, (await theirs.post(path, whole)).status]).toEqual([404, 404])
  expect((await employee.get(root)).status).toBe(403)
})

test('for administrators only, it refuses an employee without redirecting', async () => {
  const client = await trial.control.integrate()
  const visitor = await enter(marie)
  const path = await create(visitor)
  await visitor.post(path, [...whole, ['adminOnly', 'on'], ['operation', 'save']])
  const consentOf = async (user: User, clientId: string): Promise<Response> => {
    const query = new URLSearchParams({ client_id: clientId, response_type: 'code', redirect_uri: callback })
    const way = `/oauth2/authorize?${query}`
    const form = new URLSearchParams({ email: user.email, password: user.password, continue: way })
    const delivery = await fetch(`${trial.signInUrl}/login`, { ...manual, method: 'POST', body: form })
    const entered = await fetch(locationOf(delivery), manual)
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return fetch(`${trial.url}${way}`, { ...manual, headers: { cookie } })
  }
  const clientId = path.slice(root.length + 1)
  expect((await consentOf(luc, clientId)).status).toBe(403)
  expect((await consentOf(luc, client.clientId)).status).toBe(200)
  expect((await consentOf(marie, clientId)).status).toBe(200)
})

test('the home lists what opens something here', async () => {
  const html = await (await fetch(trial.url)).text()
  for (const message of [marie.password, '48213', 'fc-vandenbroeck', '/marketplace/focus'])
    expect(html).toContain(message)
})

test('an integration that many accounts are connected through names them to its owner, and is nobody else’s', async () => {
  const page = async (user: User) => (await (await enter(user)).get(`${root}/${proPlus.clientId}`)).text()
  expect(await page(sofie)).toContain('Comptes connectés : aucun')
  const client = { ...proPlus, redirectUris: [callback] }
  for (const user of [marie, jeanBaptiste]) await trial.connect(client, user.email)
  expect(await page(sofie)).toContain(`Comptes connectés : ${marie.account.name}, Vandenbroeck &amp; Fils`)
  expect(await page(marie)).toContain('elle n’est pas à vous')
})
