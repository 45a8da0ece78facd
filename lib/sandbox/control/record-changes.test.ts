import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jeanBaptiste, marie } from '../teamleader/seeds.ts'
import { openTrial, type Trial } from '../test-sandbox.ts'

let trial: Trial
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.stop())

test('records are seeded, added, edited and deleted from afar, and counted', async () => {
  const counts = await trial.control.records({ seed: { companies: 400, contacts: 300, departments: 4, burst: 1 } })
  expect(counts).toEqual({ companies: 400, contacts: 300, departments: 4 })
  const records = trial.teamleader.records()
  const before = records.all('contacts')
  const [first = '', second = ''] = before.keys()
  expect(await trial.control.records({ list: 'contacts', add: 5, fields: { last_name: 'Neuf' } })).toMatchObject({
    contacts: 305,
  })
  await trial.control.records({ list: 'contacts', edit: [first], fields: { last_name: 'Autre' }, delete: [second] })
  const after = records.all('contacts')
  expect(after.get(first)).toMatchObject({ last_name: 'Autre' })
  expect(after.has(second)).toBe(false)
  expect([...after.values()].filter(({ last_name }) => last_name === 'Neuf')).toHaveLength(5)
  await trial.control.records({ list: 'companies', edit: 40 })
  const moved = [...records.companies.living()].filter(({ changes }) => changes !== null)
  expect(moved).toHaveLength(40)
})

test('a storm is let loose and stopped, and a reset brings the seeds back', async () => {
  const { access_token } = await trial.connect(await trial.control.integrate())
  const read = () => trial.call(access_token, 'companies.list')
  await trial.control.records({ storm: { before: 0, after: 3, mix: { edit: 0, add: 1, delete: 0 }, imports: 1 } })
  const before = trial.teamleader.records().companies.size()
  await read()
  const after = trial.teamleader.records().companies.size()
  expect(after).toBeGreaterThan(before)
  await trial.control.records({ storm: null })
  await read()
  expect(trial.teamleader.records().companies.size()).toBe(after)
  await trial.control.reset()
  expect(trial.teamleader.records().companies.size()).toBe(marie.account.companies)
})

test('two accounts change what they hold, under the same connection', async () => {
  const { access_token } = await trial.connect(await trial.control.integrate())
  const ids = async () => {
    const response = await trial.call(access_token, 'companies.list', { page: { size: 100 } })
    return ((await response.json()) as { data: { id: string }[] }).data.map(({ id }) => id)
  }
  const mine = await ids()
  await trial.control.records({ swap_with: jeanBaptiste.account.id })
  const theirs = await ids()
  expect([mine.length, theirs.length]).toEqual([47, 40])
  expect(mine.filter((id) => theirs.includes(id))).toEqual([])
  trial.teamleader.swapRecords(marie.account.id, jeanBaptiste.account.id)
  expect(await ids()).toEqual(mine)
})

describe('nothing is guessed', () => {
  test.each([
    [{ lists: 'x' }, 'unknown key "lists" of "records"'],
    [{ list: 'deals' }, '"list" cannot be "deals"'],
    [{ edit: -1 }, '"edit" cannot be -1'],
    [{ account: 'x' }, 'there is no account "x"'],
  ])('%j', async (records, error) => {
    const response = await fetch(`${trial.url}/__control`, { method: 'POST', body: JSON.stringify({ records }) })
    expect([response.status, await response.json()]).toEqual([400, { error }])
  })
})

describe('the page of the records', () => {
  const press = (list: string, change: string) =>
    fetch(`${trial.url}/donnees`, {
      method: 'POST',
      body: new URLSearchParams({ account: marie.account.id, list, change }),
    })

  test('says how many there are, and its buttons change them', async () => {
    const records = trial.teamleader.records()
    records.seed({ companies: 1_000, contacts: 100 })
    await press('companies', 'add')
    await press('companies', 'delete')
    expect(records.companies.size()).toBe(1_485)
    const page = await (await press('companies', 'edit')).text()
    expect(page).toMatch(/Atelier Delvaux : 1.485 entreprises/)
    expect([...records.companies.living()].filter(({ changes }) => changes !== null)).toHaveLength(15)
    await press('contacts', 'nothing')
    expect(records.contacts.size()).toBe(100)
  })
})
