import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkIntegrationName,
  checkShortDescription,
  collapseBlanks,
  longDescription,
  longestName,
  longestShortDescription,
  suggestName,
} from './integration-texts.ts'

test.each([
  ['Atelier Delvaux SRL', 'Pro+ Sync Atelier Delvaux'],
  ['Vandenbroeck & Fils NV', 'Pro+ Sync Vandenbroeck'],
  ['Zinc SA', 'Pro+ Sync Zinc SA'],
  ['  Bois   et Fer ', 'Pro+ Sync Bois et Fer'],
  ['Kinderdagverblijf Zonnebloem', 'Pro+ Sync'],
  ['D’Hondt (Gent)', 'Pro+ Sync D’Hondt (Gent)'],
])('%s is suggested %s', (tenant, name) => {
  expect(suggestName(tenant)).toBe(name)
})

test('whatever the tenant is called, the suggestion is one that Teamleader takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (tenant) => {
      expect(checkIntegrationName(suggestName(tenant))).toEqual([])
    }),
  )
})

test.each([
  [checkIntegrationName, longestName, 'integration_name_length'],
  [checkShortDescription, longestShortDescription, 'short_description_length'],
] as const)('%o takes 1 to %i characters, blanks around aside', (check, longest, code) => {
  expect(check(` ${'x'.repeat(longest)} `)).toEqual([])
  for (const typed of ['', '  ', 'x'.repeat(longest + 1)]) expect(check(typed)).toEqual([code])
})

test('blanks are collapsed before they are counted and stored', () => {
  expect(collapseBlanks(' a \n b ')).toBe('a b')
  expect(checkIntegrationName(`a${' '.repeat(longestName)}b`)).toEqual([])
})

test('the long description is plain text', () => {
  expect(longDescription).toMatch(/^[\x20-\x7e]+$/)
})
