import { expect, test } from 'vitest'
import { lostFields } from './lost-fields.ts'

const stored = { id: 'a', name: 'Dupont', vat_number: 'BE0123', emails: [] }
const without = ({ vat_number: _, ...rest }: typeof stored) => rest
const times = <T>(count: number, one: T) => Array.from({ length: count }, () => one)

test('a field that none of the records has any more is lost', () => {
  expect(lostFields(times(3, { stored, sent: without(stored) }))).toEqual(['vat_number'])
})

test.each([
  ['it comes empty', times(3, { stored, sent: { ...stored, vat_number: null } })],
  ['one record still has it', [...times(9, { stored, sent: without(stored) }), { stored, sent: stored }]],
  ['two records are too few to tell', times(2, { stored, sent: without(stored) })],
  [
    'too few had it',
    [...times(9, { stored: without(stored), sent: without(stored) }), { stored, sent: without(stored) }],
  ],
  ['nothing is stored', []],
])('%s: nothing is lost', (_, pairs) => {
  expect(lostFields(pairs)).toEqual([])
})
