import { describe, expect, it, test } from 'vitest'
import { checkEmail, checkName, checkPassword, normalizeName } from './account-validation.ts'
import { checkRef } from './tenant.ts'
import { foldEmail } from './user.ts'

/** What a copy brings along unseen: NUL, zero-width, bidirectional, soft hyphen, line separator, tag, filler. */
const unseen = ['\u0000', '\u0007', '\u200b', '\u200d', '\u202e', '\u2066', '\u00ad', '\u2028', '\u{e0041}', '\u3164']

describe('an e-mail address', () => {
  it.each([
    ['marie@atelier.example', 'marie@atelier.example'],
    [' Marie@Atelier.Example \n', 'marie@atelier.example'],
    ["o'neill+pro@sub.atelier.example", "o'neill+pro@sub.atelier.example"],
    ['marie@localhost', 'marie@localhost'],
    ['marie@Bücher.example', 'marie@xn--bcher-kva.example'],
    ['marie@bu\u0308cher.example', 'marie@xn--bcher-kva.example'],
  ])('%o is taken as %o', (typed, folded) => {
    expect(checkEmail(typed)).toEqual([])
    expect(foldEmail(typed)).toBe(folded)
  })

  it.each([
    'marie',
    'marie@',
    '@atelier.example',
    'marie@@atelier.example',
    'marié@atelier.example',
    'ma rie@atelier.example',
    'marie@atelier..example',
    'marie@-atelier.example',
    'marie@atelier.example/path',
    'Marie <marie@atelier.example>',
    'marie@atelier.example,luc@atelier.example',
    '"marie"@atelier.example',
    `${'x'.repeat(65)}@atelier.example`,
    `x@${'x'.repeat(64)}.example`,
  ])('%o is none', (typed) => {
    expect(checkEmail(typed)).toEqual(['email_malformed'])
  })

  it.each(unseen)('with %j in it is none', (sign) => {
    expect(checkEmail(`ma${sign}rie@atelier.example`)).toEqual(['email_malformed'])
    expect(checkEmail(`marie@ate${sign}lier.example`)).toEqual(['email_malformed'])
  })
})

describe('a name', () => {
  it('is composed, and loses the blanks around', () => {
    expect(normalizeName(' Zoe\u0301 \u00a0')).toBe('Zoé')
    expect(checkName('Zoe\u0301')).toEqual([])
    expect(checkName('Łukasz 李 О’Нил')).toEqual([])
  })

  it.each(unseen)('with %j in it is refused', (sign) => {
    expect(checkName(`Ma${sign}rie`)).toEqual(['name_missing'])
    expect(checkName(`Ma${sign}rie`, 'tenant_name_missing')).toEqual(['tenant_name_missing'])
  })

  it('is counted once it is composed', () => {
    expect(checkName('e\u0301'.repeat(120))).toEqual([])
    expect(checkName('é'.repeat(121))).toEqual(['name_missing'])
  })
})

test.each(unseen)('a reference with %j in it fits no header', (sign) => {
  expect(checkRef(`47${sign}11`)).toEqual(['ref_malformed'])
})

test('a password is counted and compared once it is composed', () => {
  expect(checkPassword('e\u0301'.repeat(6))).toEqual(['password_too_short'])
  expect(checkPassword('é'.repeat(12), 'e\u0301'.repeat(12))).toEqual([])
})
