import { createHash } from 'node:crypto'
import type { Account } from './teamleader/integration.ts'

/** One item of a list as the API words it; `custom_fields` and `price_list` show only when included. */
export type ListItem = Record<string, unknown> & { id: string }

/** A UUID of no particular version, as the provider's often are. */
export function stableId(account: Account, kind: string, index: number): string {
  const hex = createHash('sha256').update(`${account.id} ${kind} ${index}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `0${hex.slice(13, 16)}`, hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

/** The row's turn in `values`: dirt that comes back regularly, not at random. */
export const turn = <T>(values: readonly T[], index: number): T => values[index % values.length] as T

const day = 86_400_000
const epoch = Date.UTC(2016, 1, 4, 16, 44, 33)

/** `2016-02-04T16:44:33+00:00`, the provider's way to write a date and time. */
export const dateTime = (daysAfterFirst: number): string =>
  new Date(epoch + daysAfterFirst * day).toISOString().replace('.000Z', '+00:00')

export const extras = (account: Account, index: number): Record<string, unknown> => ({
  custom_fields: [
    {
      definition: { type: 'customFieldDefinition', id: stableId(account, 'field', 0) },
      value: turn(['092980616', null, ''], index),
    },
  ],
  price_list: index % 4 === 0 ? { type: 'priceList', id: stableId(account, 'price list', 0) } : null,
})

export const address = (account: Account, index: number): object | null =>
  turn(
    [
      {
        line_1: `Dok Noord ${index + 1}A`,
        postal_code: '9000',
        city: 'Gent',
        country: 'BE',
        area_level_two: { type: 'area_level_two', id: stableId(account, 'area', 0) },
      },
      {
        line_1: `Rue de l’Église ${index + 1}`,
        postal_code: '4000',
        city: 'Liège',
        country: 'BE',
        area_level_two: null,
      },
      { line_1: null, postal_code: null, city: null, country: 'FR', area_level_two: null },
      null,
    ],
    index,
  )
