import { describe, expect, it } from 'vitest'
import { checkClientId, checkClientSecret, checkText } from './client-credentials.ts'

const good = '9c1f4e07b2d84a6e8f305d1a7c62be49'

describe('a Client ID', () => {
  it.each([
    ['as Teamleader shows it', good, null, null],
    ['with blanks around', `  ${good}\n`, null, null],
    ['in capitals', good.toUpperCase(), null, null],
    ['one short', good.slice(1), 'client_id_length', null],
    ['one long', `${good}0`, 'client_id_length', null],
    ['with an invisible character behind it', `${good}\u200b`, 'client_id_malformed', null],
    ['with an invisible character in the place of one', `${good.slice(1)}\u00ad`, 'client_id_malformed', null],
    ['with a blank inside', `${good.slice(0, 16)} ${good.slice(16)}`, 'client_id_malformed', null],
    ['with a character that is not hexadecimal', `${good.slice(1)}g`, null, 'not_hexadecimal'],
    ['absent', '   ', 'client_id_missing', null],
    ["that is the guide's example", ' 74DB53122EF0913C240FFEEDA65C9E2A ', 'client_id_example', null],
    ["that only begins like the guide's example", '74db53122ef0913c240ffeeda65c9e2b', null, null],
  ])('%s', (_, typed, error, warning) => {
    expect(checkClientId(typed)).toEqual({ value: typed.trim(), error, warning })
  })
})

describe('a Client Secret', () => {
  it('may stay empty only where one is stored', () => {
    expect(checkClientSecret(' ', true)).toEqual({ value: '', error: null, warning: null })
    expect(checkClientSecret('', false).error).toBe('client_secret_missing')
  })

  it('has 32 characters', () => {
    expect(checkClientSecret(good, false).error).toBeNull()
    expect(checkClientSecret('short', true).error).toBe('client_secret_length')
    expect(checkClientSecret(`${good}\u2060`, true).error).toBe('client_secret_malformed')
    expect(checkClientSecret(`${good.slice(1)}Z`, true)).toMatchObject({ error: null, warning: 'not_hexadecimal' })
  })
})

describe('a value whose shape nobody publishes', () => {
  const codes = { missing: 'target_missing', malformed: 'target_malformed' } as const

  it.each([
    ['as it was copied', ' inst-417_A \n', null],
    ['absent', '  ', 'target_missing'],
    ['with a blank inside', 'inst 417', 'target_malformed'],
    ['with a no-break space inside', 'inst\u00a0417', 'target_malformed'],
    ['with an invisible sign inside', 'inst\u200b417', 'target_malformed'],
    ['written from right to left', 'inst\u202e417', 'target_malformed'],
    ['with NUL', 'inst\u0000417', 'target_malformed'],
    ['too long for any id', 'i'.repeat(201), 'target_malformed'],
  ])('%s', (_, typed, error) => {
    expect(checkText(typed, codes).error).toBe(error)
  })

  it('may be kept where one is stored', () => {
    expect(checkText('', { ...codes, missing: null }).error).toBeNull()
  })
})
