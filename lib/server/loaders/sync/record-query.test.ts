import { describe, expect, test } from 'vitest'
import { hiddenInputs, type Params, readQuery, writeQuery } from './record-query.ts'

const place = { n: 7, sortAt: new Date(1_700_000_000_000), sortName: 'œillet & fils' }

const paramsOf = (address: string): Params => Object.fromEntries(new URLSearchParams(address))

describe('the address of a list', () => {
  test('is short for what the page shows by itself', () => {
    expect(writeQuery(readQuery({}, true), true)).toBe('')
    expect(readQuery({}, true)).toMatchObject({ typed: '', sort: { by: 'updated', descending: true }, cursor: null })
    expect(readQuery({}, false).sort).toEqual({ by: 'name', descending: false })
  })

  test.each([true, false])('says all that it was asked, pages backward: %o', (backward) => {
    const query = {
      ...{ typed: 'pe li', status: 'deactivated', facet: 'nl', sort: { by: 'name', descending: true } as const },
      cursor: { place, backward },
    }
    expect(readQuery(paramsOf(writeQuery(query, true)), true)).toEqual(query)
    expect(hiddenInputs(query, true)).toEqual([
      ['status', 'deactivated'],
      ['facet', 'nl'],
      ['sort', '-name'],
    ])
  })

  test.each<Params>([
    { sort: 'iban' },
    { after: 'x' },
    { after: Buffer.from('[1,2]').toString('base64url') },
    { after: Buffer.from('[1,2,"a\\u0000"]').toString('base64url') },
    { after: Buffer.from(`[1,${1e20},"a"]`).toString('base64url') },
    { after: Buffer.from('[1,-99999999999999,"a"]').toString('base64url') },
    { q: ['a', 'b'] },
    { status: ' ' },
  ])('counts as unsaid where it is wrong: %j', (params) => {
    expect(readQuery(params, true)).toEqual(readQuery({}, true))
  })

  test('is bounded in length', () => {
    const { typed, status } = readQuery({ q: 'x'.repeat(5_000), status: 'y'.repeat(5_000) }, true)
    expect([typed.length, status?.length]).toEqual([200, 100])
  })
})
