import fc from 'fast-check'
import { expect, test } from 'vitest'
import { providerIds } from '#lib/domain/connections/provider.ts'
import { copyStatuses, urgencies } from '#lib/domain/support/console-view.ts'
import { sortNameOf } from '#lib/domain/support/search-words.ts'
import { everything, hrefOf, readQuery } from './support-query.ts'

const paramsOf = (address: string) => Object.fromEntries(new URL(address, 'http://localhost').searchParams)

const place = fc.record({
  rank: fc.nat(urgencies.length - 1),
  since: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  sortName: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
    .map((name) => sortNameOf(name))
    .filter((name) => !/\p{C}/u.test(name)),
  id: fc.uuid(),
})

const query = fc.record({
  typed: fc.string({ maxLength: 200 }).map((typed) => typed.trim()),
  urgency: fc.option(fc.constantFrom(...urgencies)),
  provider: fc.option(fc.constantFrom(...providerIds)),
  failed: fc.boolean(),
  copy: fc.option(fc.constantFrom(...copyStatuses)),
  sort: fc.record({ by: fc.constantFrom('urgency' as const, 'name' as const), descending: fc.boolean() }),
  cursor: fc.option(fc.record({ place, backward: fc.boolean() })),
  open: fc.option(fc.uuid()),
})

test('what an address asks for is read as it was written', () => {
  fc.assert(
    fc.property(query, fc.boolean(), (plain, archived) => {
      const asked = archived
        ? { ...plain, archived, urgency: null, sort: { ...plain.sort, by: 'name' as const } }
        : { ...plain, archived }
      expect(readQuery(paramsOf(hrefOf(asked)))).toEqual(asked)
    }),
  )
})

test('an address that asks for nothing special is short', () => {
  expect(hrefOf(everything)).toBe('/support')
})

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test.each([
  'x',
  '',
  '%00',
  encoded(null),
  encoded([0, 0, 'a']),
  encoded([7, 0, 'a', 'b']),
  encoded([-1, 0, 'a', 'b']),
  encoded([0, 1e15, 'a', 'b']),
  encoded([0, 0, 'a\u0000', 'b']),
  encoded([0, 0, 'a', "b'--"]),
  encoded([0, 0, 'a'.repeat(501), 'b']),
  encoded([0, 0, 'a', ['b', 'c']]),
])('a cursor that is none, %j, answers the first page', (after) => {
  expect(readQuery({ after, before: after })).toEqual(everything)
})

test('parameters that are unknown, repeated or too long are no filter', () => {
  expect(readQuery({ state: 'broken', connection: ['teo', 'teo'], sort: 'constructor', failed: '1' })).toEqual(
    everything,
  )
  expect(readQuery({ q: 'a'.repeat(1000) }).typed).toHaveLength(200)
})
