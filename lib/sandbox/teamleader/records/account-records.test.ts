import { describe, expect, test } from 'vitest'
import { createClock } from '#lib/sandbox/clock.ts'
import { secondsOf } from '../generator/dates.ts'
import { Random } from '../generator/random.ts'
import { marie } from '../seeds.ts'
import { openBook } from './account-book.ts'
import { accountRecords } from './account-records.ts'

const opened = (request: Parameters<ReturnType<typeof accountRecords>['seed']>[0] = {}) => {
  const clock = createClock()
  const records = accountRecords(openBook(marie.account, clock, () => {}))
  records.seed(request)
  return { clock, records }
}

describe('generated records', () => {
  test('are the same for the same seed, and others for another', () => {
    const [one, same, other] = [7, 7, 8].map((seed) => opened({ companies: 300, contacts: 300, seed }).records)
    expect(one?.all('companies')).toEqual(same?.all('companies'))
    expect(one?.all('contacts')).toEqual(same?.all('contacts'))
    expect([...(one?.all('companies').keys() ?? [])]).not.toEqual([...(other?.all('companies').keys() ?? [])])
  })

  test('have custom fields of every kind, nulls, empty lists and numbers in many spellings', () => {
    const { records } = opened({ companies: 2_000 })
    const items = [...records.all('companies').values()]
    const values = items.flatMap(({ custom_fields }) =>
      (custom_fields as { value: unknown }[]).map(({ value }) => value),
    )
    const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)
    expect(new Set(values.map(kindOf))).toEqual(new Set(['string', 'number', 'boolean', 'array', 'object', 'null']))
    const vat = items.map(({ vat_number }) => vat_number)
    for (const spelling of [/^BE\d{10}$/, /^BE 0\d{3}\.\d{3}\.\d{3}$/, /^be/, /^0\d{3}\./, /^FR \d\d \d{9}$/])
      expect(vat.some((value) => typeof value === 'string' && spelling.test(value))).toBe(true)
    expect(vat).toContain(null)
    for (const name of ['emails', 'telephones', 'tags']) expect(items.map((item) => item[name])).toContainEqual([])
    expect(items.map(({ payment_term }) => payment_term)).toContainEqual({ type: 'after_invoice_date', days: 30 })
    expect(items.some(({ name }) => String(name).length > 255)).toBe(true)
    expect(JSON.stringify(items)).not.toContain('\\u0000')
  })

  test('name no host but invented ones', () => {
    const { records } = opened({ companies: 1_000, contacts: 1_000 })
    const text = JSON.stringify([...records.all('companies').values(), ...records.all('contacts').values()])
    const hosts = [...text.matchAll(/(?:@|\/\/|www\.)([a-z0-9.-]+\.[a-z]+)/g)].map(([, host]) => host ?? '')
    expect(hosts.filter((host) => !/(\.example|^focus\.teamleader\.eu)$/.test(host))).toEqual([])
  })

  test('imports write up to 100 rows in one second, unless all are spread', () => {
    const largest = (burst: number): number => {
      const perSecond = new Map<unknown, number>()
      for (const { updated_at } of opened({ contacts: 5_000, burst }).records.all('contacts').values())
        perSecond.set(updated_at, (perSecond.get(updated_at) ?? 0) + 1)
      return Math.max(...perSecond.values())
    }
    expect(largest(100)).toBeGreaterThan(50)
    expect(largest(100)).toBeLessThanOrEqual(102)
    expect(largest(1)).toBeLessThan(4)
  })
})

describe('changes', () => {
  test('an edit moves updated_at to now, unless nothing is touched', () => {
    const { clock, records } = opened({ contacts: 10, undated: 1 })
    clock.advance(86_400_000)
    const [undated, first, second] = [...records.all('contacts').keys()] as [string, string, string]
    records.contacts.edit([first], { last_name: 'Neuf' })
    const before = records.all('contacts').get(second)?.updated_at
    records.contacts.edit([second], { tags: ['x'] }, { touch: false })
    const after = records.all('contacts')
    expect(after.get(first)).toMatchObject({ last_name: 'Neuf' })
    expect(secondsOf(String(after.get(first)?.updated_at))).toBe(Math.floor(clock.now() / 1000))
    expect(after.get(second)).toMatchObject({ tags: ['x'], updated_at: before })
    expect(after.get(undated)?.updated_at).toBeNull()
  })

  test.each([1, 2, 3])('rows stay in order through any changes, seen late or at once (seed %i)', (seed) => {
    const { clock, records } = opened({ contacts: 400, seed })
    const { contacts } = records
    const random = new Random(seed)
    const fields = ['name', 'added_at', 'updated_at'] as const
    for (let round = 0; round < 40; round += 1) {
      clock.advance(1000)
      if (random.chance(0.3)) contacts.add(1 + random.below(random.pick([3, 300])))
      contacts.edit(contacts.draw(random.below(random.pick([3, 150])), random), random)
      contacts.remove(contacts.draw(random.below(random.pick([3, 60])), random))
      contacts.settle(random.pick([0, 1500, 5000]))
      const shown = contacts.inOrder('added_at')
      for (const field of fields) {
        const rows = contacts.inOrder(field)
        expect(new Set(rows)).toEqual(new Set(shown))
        const wrong = rows.slice(1).findIndex((row, index) => contacts.orders[field](rows[index] ?? row, row) > 0)
        expect([field, wrong]).toEqual([field, -1])
      }
      expect(shown.every((row) => contacts.listedById(row.id) === row)).toBe(true)
    }
    contacts.settle(0)
    expect(new Set(contacts.inOrder('name'))).toEqual(new Set(contacts.living()))
  })

  test('links vanish with their company', () => {
    const { records } = opened({ companies: 3, contacts: 1 })
    const [contact] = [...records.all('contacts').keys()] as [string]
    const [one, other] = [...records.all('companies').keys()] as [string, string]
    records.contacts.link(contact, [one, other])
    records.companies.remove([one])
    expect(records.info('contacts', contact)?.companies).toEqual([
      expect.objectContaining({ company: { type: 'company', id: other } }),
    ])
  })

  test('a draw names living records, each once', () => {
    const { records } = opened({ companies: 500 })
    for (const count of [5, 400]) {
      const drawn = records.companies.draw(count, new Random(3))
      expect(new Set(drawn).size).toBe(count)
      records.companies.remove(drawn)
    }
    expect(records.companies.size()).toBe(95)
    expect(records.companies.draw(200, new Random(3))).toHaveLength(95)
  })
})
