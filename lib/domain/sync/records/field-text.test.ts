import { expect, test } from 'vitest'
import type { Json } from '../record.ts'
import { linesOf } from './field-text.ts'

test.each<[Json, string[]]>([
  ['  Hubert ', ['Hubert']],
  [null, []],
  ['', []],
  [true, ['oui']],
  [12.5, ['12.5']],
  [
    ['VIP', 'notaire'],
    ['VIP', 'notaire'],
  ],
  [[{ type: 'primary', email: 'a@b.example' }], ['a@b.example']],
  [[{ type: 'phone', number: '+32 2 555 01 48' }], ['+32 2 555 01 48']],
  [
    { line_1: 'Rue Haute 1', postal_code: '1000', city: 'Bruxelles', country: 'BE' },
    ['Rue Haute 1', '1000 Bruxelles, BE'],
  ],
  [{ line_1: null, postal_code: null, city: null, country: 'BE' }, ['BE']],
  [[{ definition: { type: 'customFieldDefinition', id: 'x' }, value: false }], ['non']],
  [{ type: 'end_of_month', days: 15 }, ['end_of_month 15']],
  [{ type: 'user', id: 'u1' }, ['u1']],
  [{ '@type': 'Service', id: 10, name: 'VAE' }, ['VAE']],
])('%j says %j', (value, lines) => {
  expect(linesOf(value, { yes: 'oui', no: 'non' })).toEqual(lines)
})
