import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectedClient, type ListClient } from './list-client.ts'

let client: ListClient
beforeAll(async () => {
  client = await connectedClient()
})
afterAll(() => client.stop())

/** A naive reader: page after page, in some order, until one is short. */
const walk = async (sort: object[], filter: object = {}): Promise<Set<string>> => {
  const seen = new Set<string>()
  for (let number = 1; ; number += 1) {
    const rows = await client.list('contacts.list', { sort, filter, page: { size: 100, number } })
    for (const { id } of rows) seen.add(id)
    if (rows.length < 100) return seen
  }
}

test('a reader of pages loses records while they change, whatever the order', async () => {
  for (const field of ['name', 'added_at', 'updated_at']) {
    client.records.seed({ contacts: 1_200, seed: 5 })
    const there = new Set(client.records.all('contacts').keys())
    client.records.storm('contacts', { seed: 5, before: 6, after: 6 })
    const seen = await walk([{ field, order: 'asc' }])
    client.records.storm('contacts', null)
    const living = client.records.all('contacts')
    const lost = [...there].filter((id) => living.has(id) && !seen.has(id))
    expect([field, lost.length > 0]).toEqual([field, true])
  }
})

test('the same storm does the same, and ends when it said', async () => {
  const after = async () => {
    client.records.seed({ contacts: 500, seed: 9 })
    client.records.storm('contacts', { seed: 3, calls: 10, imports: 0.2 })
    for (let call = 0; call < 15; call += 1) await client.list('contacts.list')
    return [...client.records.all('contacts')].map(([id, { last_name, tags, status }]) => [id, last_name, tags, status])
  }
  const first = await after()
  expect(await after()).toEqual(first)
  expect(first.length).not.toBe(500)
})
