import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectedClient, type ListClient } from './list-client.ts'

let client: ListClient
beforeAll(async () => {
  client = await connectedClient()
})
afterAll(() => client.stop())

const info = async (list: string, id: unknown) => {
  const response = await client.call(`${list}.info`, { id })
  return { status: response.status, body: await response.json() }
}

test('.info has all addresses and remarks in the place of the primary address, and where a contact works', async () => {
  client.records.seed({ companies: 20, contacts: 20 })
  const [company = ''] = client.records.all('companies').keys()
  const [contact = ''] = client.records.all('contacts').keys()
  client.records.contacts.link(contact, [company])
  for (const [list, id] of [
    ['companies', company],
    ['contacts', contact],
  ] as const) {
    const { status, body } = await info(list, id)
    const [line] = await client.list(`${list}.list`, { filter: { ids: [id] } })
    expect([status, line]).toEqual([200, expect.objectContaining({ id })])
    expect(body.data).toMatchObject({ id, addresses: expect.any(Array), custom_fields: expect.any(Array) })
    expect(body.data).toHaveProperty('remarks')
    expect(body.data).not.toHaveProperty('primary_address')
    expect(line).not.toHaveProperty('companies')
  }
  expect((await info('contacts', contact)).body.data.companies).toEqual([
    expect.objectContaining({ position: 'Gérant', company: { type: 'company', id: company } }),
  ])
})

test('.info of what is deleted, or never was, is a 404; without an id it is a 400', async () => {
  client.records.seed({ companies: 2 })
  const [gone = ''] = client.records.all('companies').keys()
  client.records.companies.remove([gone])
  for (const id of [gone, 'inconnu']) expect(await info('companies', id)).toMatchObject({ status: 404 })
  expect(await info('companies', undefined)).toMatchObject({
    status: 400,
    body: { errors: [{ meta: { field: 'id' } }] },
  })
})

test('users.list names the colleagues and nobody else', async () => {
  const people = await client.list('users.list', { sort: [{ field: 'last_name', order: 'desc' }] })
  expect(people.map(({ first_name }) => first_name)).toEqual(['Luc', 'Marie'])
  expect(await client.list('users.list', { filter: { term: 'peet' } })).toHaveLength(1)
  expect(await client.list('users.list', { page: { size: 1, number: 3 } })).toEqual([])
})

test('a forbidden list is a 403 alone, and a lost right makes properties disappear', async () => {
  client.records.seed({ companies: 3, contacts: 3 })
  await client.turn({ forbidden: ['contacts'], hidden_properties: ['emails', 'payment_term'] })
  expect((await client.call('contacts.list')).status).toBe(403)
  expect((await client.call('contacts.info', { id: 'x' })).status).toBe(403)
  const [company] = await client.list('companies.list')
  expect(company).toHaveProperty('telephones')
  expect(company).not.toHaveProperty('emails')
  await client.turn({ forbidden: [], hidden_properties: [] })
})

test('lists see a write only after the lag, .info at once', async () => {
  client.records.seed({ companies: 3 })
  await client.turn({ list_lag_s: 600 })
  const ids = async () => (await client.list('companies.list')).map(({ id }) => id)
  const before = await ids()
  const [added = ''] = client.records.companies.add()
  client.records.companies.remove(before.slice(0, 1))
  expect(await ids()).toEqual(before)
  expect((await info('companies', added)).status).toBe(200)
  expect((await info('companies', before[0])).status).toBe(404)
  await client.turn({ clock_per_call_ms: 600_000 })
  await client.call('users.me')
  const after = await ids()
  expect(after.toSorted()).toEqual([...before.slice(1), added].sort())
  await client.turn({ list_lag_s: 0, clock_per_call_ms: 0 })
})
