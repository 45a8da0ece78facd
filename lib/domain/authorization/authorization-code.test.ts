import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestCode, readPastedCode } from './authorization-code.ts'

const code = `def50200${'ab'.repeat(500)}`

describe('« Auth Code », pasted as is', () => {
  it.each([
    ['the bare code', code, null, null],
    ['blanks around and line breaks inside', `  ${code.slice(0, 90)}\r\n ${code.slice(90)} `, null, null],
    ['the query', `?code=${code}`, null, null],
    ['the query without its mark', `code=${code}`, null, null],
    ['a state before the code', `?state=s1&code=${code}`, 's1', null],
    ['an empty state', `?code=${code}&state=`, '', null],
    ['the whole address', `https://app.testocloud.be/?code=${code}`, null, 'https://app.testocloud.be/'],
    ['an address without a path', `https://app.testocloud.be?code=${code}`, null, 'https://app.testocloud.be'],
    [
      'address, state and fragment',
      `http://localhost:3000/oauth/callback?code=${code}&state=abc#top`,
      'abc',
      'http://localhost:3000/oauth/callback',
    ],
  ])('reads %s', (_, typed, state, redirectUri) => {
    expect(readPastedCode(typed)).toEqual({ code, state, iss: null, redirectUri })
  })

  it('decodes what the address encoded', () => {
    expect(readPastedCode('?code=a%2Bb%3D')?.code).toBe('a+b=')
    expect(readPastedCode('?code=a&state=s&iss=https%3A%2F%2Fa.example')?.iss).toBe('https://a.example')
  })

  it.each([
    ['nothing', '   '],
    ['an address without a code', 'https://app.testocloud.be/'],
    ['a refusal', 'https://app.testocloud.be/?error=access_denied'],
    ['two codes', '?code=a&code=b'],
    ['two states', '?code=a&state=b&state=c'],
    ['two issuers', '?code=a&iss=b&iss=c'],
    ['an empty code', '?code='],
    ['a code with marks', 'dé'],
    ['a NUL', '?code=a%00b'],
    ['too much', 'a'.repeat(longestCode + 1)],
    ['another scheme', 'javascript:alert(1)?code=a'],
  ])('refuses %s', (_, typed) => {
    expect(readPastedCode(typed)).toBeNull()
  })

  it('never throws, and never gives a code that a form could not carry', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true })), (typed) => {
        expect(readPastedCode(typed)?.code ?? 'x').toMatch(/^[\x21-\x7e]+$/)
      }),
    )
  })
})
