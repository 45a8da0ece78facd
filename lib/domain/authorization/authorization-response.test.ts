import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAuthorizationResponse as read } from './authorization-response.ts'

describe('an authorization response', () => {
  it('is a code and its state', () => {
    expect(read('?code=def502&state=s-1')).toEqual({ kind: 'code', code: 'def502', state: 's-1', iss: null })
  })

  it('says who answered, once', () => {
    expect(read('?code=def502&state=s-1&iss=https%3A%2F%2Fa.example')).toMatchObject({ iss: 'https://a.example' })
    expect(read('?error=access_denied&state=s&iss=https%3A%2F%2Fa.example')).toMatchObject({ iss: 'https://a.example' })
    expect(read('?code=def502&state=s-1&iss=a&iss=b')).toEqual({ kind: 'malformed' })
  })

  it('without a state parameter is stateless; with an empty, spaced or huge one it is refused', () => {
    expect(read('?code=def502')).toEqual({ kind: 'stateless', code: 'def502' })
    expect(read('?code=def502&state=')).toEqual({ kind: 'impossible_state' })
    expect(read('?code=def502&state=a+b')).toEqual({ kind: 'impossible_state' })
    expect(read(`?code=def502&state=${'s'.repeat(5000)}`)).toEqual({ kind: 'impossible_state' })
  })

  it('is a refusal whenever an error is there, beside a code too', () => {
    expect(read('?error=access_denied')).toEqual({ kind: 'refusal', error: 'access_denied', state: null, iss: null })
    expect(read('?code=a&error=access_denied&state=s')).toMatchObject({ error: 'access_denied', state: 's' })
    expect(read('?error=access_denied&error_description=%3Cscript%3E&state=s')).toMatchObject({ kind: 'refusal' })
  })

  it.each([
    ['a repeated code', '?code=a&code=b&state=s'],
    ['a repeated state', '?code=a&state=s&state=s'],
    ['an array', '?code[]=a&state=s'],
    ['an array with an index', '?code=a&state[0]=s'],
    ['a NUL', '?code=a%00&state=s'],
    ['a line break', '?code=a&state=s%0d%0aSet-Cookie:x'],
    ['a mark that turns the direction', '?code=a&state=%E2%80%AEs'],
    ['invalid UTF-8', '?code=%ff%fe&state=s'],
    ['a lone percent', '?code=%&state=s'],
    ['an encoding that was none', '?code=%25zz&state=s'],
    ['an empty code', '?code=&state=s'],
    ['a code of letters with accents', '?code=%C3%A9&state=s'],
    ['a state alone', '?state=s'],
    ['a code that is too long', `?code=${'a'.repeat(3000)}&state=s`],
    ['a query that is too long', `?code=a&state=s&x=${'y'.repeat(9000)}`],
    ['a hostile description', '?error=access_denied&error_description=a%00b'],
  ])('with %s is malformed', (_, search) => {
    expect(read(search)).toEqual({ kind: 'malformed' })
  })

  it('leaves other parameters alone, and an address without any', () => {
    expect(read('')).toEqual({ kind: 'none' })
    expect(read('?utm_source=a&utm_source=b')).toEqual({ kind: 'none' })
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (search) => {
        expect(read(`?${search}`).kind).toBeTypeOf('string')
      }),
    )
  })
})
