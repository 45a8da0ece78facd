import { expect, test } from 'vitest'
import { type MissingFields, noteMissingFields } from './missing-fields.ts'

const stored = { id: 'a', name: 'Dupont', vat_number: 'BE0123', emails: [] }
const without = ({ vat_number: _, ...rest }: typeof stored) => rest
const known = (count: number, sent: object, had: object = stored) =>
  Array.from({ length: count }, (_, n) => ({ id: `${n}`, stored: { ...had }, sent: { ...sent } }))
const read = (pairs: ReturnType<typeof known>, before: MissingFields = {}, others: object[] = []) =>
  noteMissingFields(before, [...pairs.map(({ sent }) => sent), ...others.map((other) => ({ ...other }))], pairs)

test('a field that none of three records has any more is hidden', () => {
  expect(read(known(3, without(stored))).hiddenFields).toEqual(['vat_number'])
})

test('it is hidden as well when they come one by one', () => {
  const [first = [], second = [], third = []] = known(3, without(stored)).map((pair) => [pair])
  const two = read(second, read(first).missingFields)
  expect(two.hiddenFields).toEqual([])
  const three = read(third, two.missingFields)
  expect(three.hiddenFields).toEqual(['vat_number'])
  // a page that has nothing to forget is stored
  expect(read([], three.missingFields)).toEqual({ missingFields: three.missingFields, hiddenFields: [] })
})

test('the same record, again and again, says no more than once', () => {
  const one = known(1, without(stored))
  expect(read(one, read(one, read(one).missingFields).missingFields).hiddenFields).toEqual([])
})

test.each<[string, ReturnType<typeof read>]>([
  ['it comes empty', read(known(3, { ...stored, vat_number: null }))],
  ['one record still has it', read([...known(9, without(stored)), ...known(1, stored)])],
  ['one that was unknown has it', read(known(9, without(stored)), {}, [stored])],
  ['two records are too few to tell', read(known(2, without(stored)))],
  ['too few had it', read([...known(9, without(stored), without(stored)), ...known(1, without(stored))])],
  [
    'it came since',
    read(
      known(1, without(stored)),
      read(known(1, stored), read(known(2, without(stored))).missingFields).missingFields,
    ),
  ],
  ['nothing is stored', read([])],
])('%s: nothing is hidden', (_, { hiddenFields }) => {
  expect(hiddenFields).toEqual([])
})
