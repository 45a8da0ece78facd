import { expect, test } from 'vitest'
import { filterOf, type Params, readQuery, writeQuery } from './journal-query.ts'

const asked = { show: 'sign_ins', outcome: 'failed', from: '2026-11-01', to: '2026-11-22' } as const
const marie = '4f0e7c52-1d0a-4a52-9d6a-2f1f5b8f0d11'
const place = '1795348800123-0b7e2c5e-3f0d-4b0e-9a5e-8b1f6f1f2a3b'

test('an address says what to show, and is written again from it', () => {
  const query = readQuery({ ...asked, after: place })
  expect(query).toMatchObject(asked)
  expect(writeQuery(query)).toBe(`?show=sign_ins&outcome=failed&from=2026-11-01&to=2026-11-22&after=${place}`)
  expect(filterOf(query, { role: 'admin' }, [])).toEqual({
    events: ['session.opened', 'session.refused', 'session.ended', 'factor.used', 'factor.refused', 'access.refused'],
    without: [],
    outcome: 'failed',
    who: null,
    terms: [],
    from: new Date('2026-10-31T23:00:00.000Z'),
    until: new Date('2026-11-22T23:00:00.000Z'),
    addresses: true,
  })
})

test.each([
  ['America/Montreal', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
  ['America/Montreal', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
  ['Europe/Brussels', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  [null, '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
])('for somebody in %s, %s lasts from %s to %s', (timeZone, day, from, until) => {
  const filter = filterOf(readQuery({ from: day, to: day }), { role: 'admin', timeZone }, [])
  expect([filter.from, filter.until]).toEqual([new Date(from), new Date(until)])
})

test('who, and the words that were typed, are kept as they are', () => {
  for (const [who, read] of [
    ['support', { group: 'support' }],
    [marie, { userId: marie }],
  ] as const) {
    const query = readQuery({ who, q: ' Clé & « testée » ' })
    expect(query).toMatchObject({ who: read, typed: 'Clé & « testée »' })
    expect(readQuery(Object.fromEntries(new URLSearchParams(writeQuery(query))))).toEqual(query)
    expect(filterOf(query, { role: 'admin' }, []).who).toEqual(read)
  }
  expect(readQuery({ q: 'x'.repeat(500) }).typed).toHaveLength(200)
})

test('without a message it shows all but what repeats by itself', () => {
  const query = readQuery({})
  expect(writeQuery(query)).toBe('')
  expect(filterOf(query, { role: 'admin' }, [])).toMatchObject({
    events: null,
    without: expect.arrayContaining(['token.refreshed']),
  })
  expect(filterOf(readQuery({ show: 'everything' }), { role: 'reader' }, [])).toMatchObject({
    ...{ events: null, without: [], addresses: false },
  })
})

test.each<Params>([
  { show: 'nothing' },
  { show: ['sign_ins', 'users'] },
  { outcome: "' or 1=1" },
  { from: '2026-02-31', to: '9'.repeat(400) },
  { after: '1-' },
  { after: '999999999999999-x' },
  { after: "5-a';--" },
  { who: "x' or 1=1" },
  { who: ['support', 'system'] },
  { unknown: 'x' },
])('what makes no sense (%o) counts as unsaid', (params) => {
  expect(readQuery(params)).toEqual(readQuery({}))
})
