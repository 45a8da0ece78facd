import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectedClient, type ListClient } from '../api/list-client.ts'
import { marie } from '../seeds.ts'

type Told = { type: string; subject: { type: string; id: string }; account: { id: string } }

const told: Told[] = []
const receiver = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  told.push(JSON.parse(body))
  response.writeHead(request.url === '/refuse' ? 500 : 200).end()
})
let client: ListClient
let here = ''
beforeAll(async () => {
  client = await connectedClient()
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  here = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
})
afterAll(async () => {
  await client.stop()
  receiver.close()
})
beforeEach(async () => {
  for (const { url, types } of await list()) await client.call('webhooks.unregister', { url, types })
  told.length = 0
})

type Registered = { url: string; types: string[] }
const list = async (): Promise<Registered[]> =>
  ((await (await client.call('webhooks.list')).json()) as { data: Registered[] }).data
const register = (url: string, types = ['contact.added', 'contact.updated', 'contact.deleted']) =>
  client.call('webhooks.register', { url, types })

describe('registration', () => {
  test('answers nothing, and the list names addresses and types in order, nothing else', async () => {
    for (const path of ['/b', '/a']) expect((await register(`${here}${path}`)).status).toBe(204)
    await register(`${here}/a`, ['company.added'])
    expect(await list()).toEqual([
      { url: `${here}/a`, types: ['contact.added', 'contact.updated', 'contact.deleted', 'company.added'] },
      { url: `${here}/b`, types: ['contact.added', 'contact.updated', 'contact.deleted'] },
    ])
    const gone = await client.call('webhooks.unregister', { url: `${here}/b`, types: ['contact.added'] })
    expect([gone.status, (await list())[1]?.types]).toEqual([204, ['contact.updated', 'contact.deleted']])
  })

  test.each([
    ['http://client.example/hook', ['contact.added'], 'url'],
    ['nowhere', ['contact.added'], 'url'],
    ['https://client.example/hook', [], 'types'],
    ['https://client.example/hook', ['contact.renamed'], 'types'],
  ])('of %s for %j is a 400', async (url, types, field) => {
    const response = await register(url, types)
    expect([response.status, await response.json()]).toEqual([
      400,
      { errors: [expect.objectContaining({ meta: { field } })] },
    ])
  })

  test('is refused with 403 by the switch', async () => {
    await client.turn({ forbidden: ['webhooks'] })
    expect((await register(here)).status).toBe(403)
    await client.turn({ forbidden: [] })
  })
})

describe('what happened is told', () => {
  test('in order, unsigned, by the id alone, and only where the type was registered', async () => {
    await register(`${here}/hook`, [
      'contact.added',
      'contact.deleted',
      'contact.linkedToCompany',
      'account.deactivated',
    ])
    client.records.seed({ companies: 1, contacts: 1 })
    const [company = ''] = client.records.all('companies').keys()
    const [id = ''] = client.records.contacts.add()
    client.records.contacts.edit([id], { last_name: 'Neuf' })
    client.records.contacts.link(id, [company])
    client.records.companies.edit([company], { name: 'Neuf' })
    client.records.contacts.remove([id])
    await client.control.records({ announce: 'account.deactivated' })
    await client.webhooksSettled()
    const account = { type: 'account', id: marie.account.id }
    const contact = { type: 'contact', id }
    expect(told).toEqual([
      { type: 'contact.added', subject: contact, account },
      { type: 'contact.linkedToCompany', subject: contact, account },
      { type: 'contact.deleted', subject: contact, account },
      { type: 'account.deactivated', subject: account, account },
    ])
  })

  test('of a burst too, several times and in any order by the switches', async () => {
    await register(here)
    await client.turn({ webhook_copies: 2, webhooks_shuffled: true })
    const ids = client.records.contacts.add(60)
    await client.webhooksSettled()
    await client.turn({ webhook_copies: 1, webhooks_shuffled: false })
    const heard = told.map(({ subject }) => subject.id)
    expect(heard.toSorted()).toEqual([...ids, ...ids].sort())
    expect([...new Set(heard)]).not.toEqual(ids)
  })

  test('once: what is refused is not told again, and is counted', async () => {
    await register(`${here}/refuse`)
    client.records.contacts.add(2)
    await client.webhooksSettled()
    const { webhooks } = await client.control.journal(client.clientId)
    expect(webhooks).toEqual([expect.objectContaining({ url: `${here}/refuse`, delivered: 0, failed: 2 })])
  })
})
