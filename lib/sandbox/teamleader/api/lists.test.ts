import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectedClient, type ListClient } from './list-client.ts'

type Item = Record<string, unknown> & { id: string }

let client: ListClient
beforeAll(async () => {
  client = await connectedClient()
})
afterAll(() => client.stop())

const idsOf = (items: Item[]): string[] => items.map(({ id }) => id)
const sort = (field: string, order = 'asc') => ({ field, order })

/** The values that a list should show in its sort fields, row by row, by the plain reading of the documentation. */
const expected = (order: readonly (readonly [field: string, sign: 1 | -1])[]): unknown[][] =>
  [...client.records.all('contacts').values()]
    .map((item) => order.map(([field]) => String(item[field])))
    .sort((a, b) => {
      for (const [place, [, sign]] of order.entries()) {
        const [left, right] = [a[place] ?? '', b[place] ?? '']
        if (left !== right) return left < right ? -sign : sign
      }
      return 0
    })

test('by default a list comes by name, whatever its case and accents', async () => {
  client.records.seed({ companies: 0 })
  for (const name of ['zinc', 'Éclair', 'abeille', 'Ébène', 'Zélande']) client.records.companies.add(1, { name })
  const items = await client.list('companies.list')
  expect(items.map(({ name }) => name)).toEqual(['abeille', 'Ébène', 'Éclair', 'Zélande', 'zinc'])
})

describe.each([
  [[sort('added_at')], [['added_at', 1]]],
  [
    [sort('updated_at')],
    [
      ['updated_at', 1],
      ['added_at', 1],
    ],
  ],
  [
    [sort('updated_at'), sort('added_at')],
    [
      ['updated_at', 1],
      ['added_at', 1],
    ],
  ],
  [
    [sort('added_at', 'desc'), sort('updated_at', 'desc')],
    [
      ['added_at', -1],
      ['updated_at', -1],
    ],
  ],
  [
    [sort('updated_at', 'desc'), sort('added_at')],
    [
      ['updated_at', -1],
      ['added_at', 1],
    ],
  ],
] as const)('sort %j', (keys, order) => {
  test.each([false, true])('is that of its keys over all pages, ties shuffled: %s', async (ties_shuffled) => {
    client.records.seed({ contacts: 730 })
    await client.turn({ ties_shuffled })
    const pages: Item[] = []
    for (let number = 1; number <= 9; number += 1)
      pages.push(...(await client.list('contacts.list', { sort: keys, page: { size: 100, number } })))
    await client.turn({ ties_shuffled: false })
    expect(pages.map((item) => order.map(([field]) => item[field]))).toEqual(expected(order))
    if (!ties_shuffled) expect(new Set(idsOf(pages)).size).toBe(730)
  })
})

test('shuffled ties come in another order at every call', async () => {
  client.records.seed({ contacts: 0 })
  client.records.contacts.add(300)
  await client.turn({ ties_shuffled: true })
  const read = async () =>
    idsOf(await client.list('contacts.list', { sort: [sort('updated_at')], page: { size: 100 } }))
  expect(await read()).not.toEqual(await read())
  await client.turn({ ties_shuffled: false })
  expect(await read()).toEqual(await read())
})

describe('filters', () => {
  const found = async (filter: object, list: 'companies' | 'contacts' = 'companies') =>
    idsOf(await client.list(`${list}.list`, { filter, page: { size: 100 }, sort: [sort('added_at')] }))

  test('updated_since is inclusive, or exclusive, or ignored', async () => {
    client.records.seed({ contacts: 90, burst: 1 })
    const [first, second, ...rest] = await client.list('contacts.list', {
      sort: [sort('updated_at')],
      page: { size: 100 },
    })
    const ask = async () =>
      (
        await client.list('contacts.list', {
          filter: { updated_since: second?.updated_at },
          sort: [sort('updated_at')],
          page: { size: 100 },
        })
      ).length
    expect([first, second].includes(undefined)).toBe(false)
    expect(await ask()).toBe(rest.length + 1)
    await client.turn({ updated_since_exclusive: true })
    expect(await ask()).toBe(rest.length)
    await client.turn({ updated_since_exclusive: false, ignored: ['filter.updated_since'] })
    expect(await ask()).toBe(rest.length + 2)
    await client.turn({ ignored: [] })
  })

  test('ids name their records, up to a cap, and none that is gone', async () => {
    client.records.seed({ companies: 200 })
    const ids = [...client.records.all('companies').keys()]
    const [gone = '', ...asked] = ids.slice(0, 40)
    client.records.companies.remove([gone])
    expect((await found({ ids: [gone, ...asked, asked[0], 'inconnu'] })).sort()).toEqual(asked.toSorted())
    expect((await client.call('companies.list', { filter: { ids: ids.slice(0, 101) } })).status).toBe(400)
    await client.turn({ ignored: ['filter.ids'] })
    expect(await found({ ids: [gone] })).toHaveLength(100)
    await client.turn({ ignored: [] })
  })

  test('a page that is ignored gives the first twenty again, an ignored number the first page', async () => {
    const ask = (number: number) => client.list('companies.list', { page: { size: 50, number } })
    await client.turn({ ignored: ['page.number'] })
    expect(await ask(2)).toEqual(await ask(1))
    await client.turn({ ignored: ['page'] })
    expect(await ask(2)).toHaveLength(20)
    await client.turn({ ignored: [] })
  })

  test('term, vat_number, national number, e-mail, consent, tags and status find what they name', async () => {
    client.records.seed({ companies: 0 })
    const [wanted = ''] = client.records.companies.add(1, {
      name: 'Fromagerie de l’Étang',
      vat_number: 'BE 0644.450.380',
      national_identification_number: '0644.450.380',
      emails: [{ type: 'primary', email: 'salut@etang.example' }],
      telephones: [{ type: 'phone', number: '+32 (0)4 221.33.44' }],
      marketing_mails_consent: true,
      tags: ['expo', 'VIP'],
      status: 'deactivated',
    })
    client.records.companies.add(1, {
      name: 'Autre',
      vat_number: null,
      national_identification_number: null,
      emails: [],
      telephones: [],
      marketing_mails_consent: false,
      tags: [],
      status: 'active',
    })
    const filters = [
      { term: 'étang' },
      { term: 'ETANG.example' },
      { term: '0644450380' },
      { term: '221 33 44' },
      { vat_number: 'BE0644450380' },
      { vat_number: '0644.450.380' },
      { vat_number: 'be 0644 450 380' },
      { national_identification_number: '0644450380' },
      { email: { type: 'primary', email: 'salut@etang.example' } },
      { marketing_mails_consent: true },
      { tags: ['VIP'] },
      { tags: ['expo', 'VIP'] },
      { status: 'deactivated' },
      { term: 'fromagerie', status: 'deactivated', unknown: 'x' },
    ]
    for (const filter of filters) expect([filter, await found(filter)]).toEqual([filter, [wanted]])
    for (const filter of [{ vat_number: 'BE0644450381' }, { tags: ['VIP', 'x'] }, { term: 'étang', status: 'active' }])
      expect([filter, await found(filter)]).toEqual([filter, []])
  })

  test('company_id finds who works there; null, who works nowhere', async () => {
    client.records.seed({ companies: 2, contacts: 0 })
    const [company = ''] = client.records.all('companies').keys()
    const [works = '', idle = ''] = client.records.contacts.add(2)
    client.records.contacts.link(works, [company])
    client.records.contacts.link(idle, [])
    expect(await found({ company_id: company }, 'contacts')).toEqual([works])
    expect(await found({ company_id: null }, 'contacts')).toEqual([idle])
  })
})
