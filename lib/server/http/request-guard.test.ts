import { expect, test } from 'vitest'
import { foreignHostPage } from './request-guard.ts'

const publicUrl = 'https://cles.example'

test.each([
  [null, 'fr', 'Ouvrez https://cles.example'],
  ['de-DE, fr-BE;q=0.8', 'fr', 'Ouvrez https://cles.example'],
  ['nl-BE,nl;q=0.9', 'nl', 'Open https://cles.example'],
  ['EN-gb', 'en', 'Open https://cles.example'],
])('who accepts %o reads in %s where to go, with a link', (accepted, locale, sentence) => {
  const page = foreignHostPage(accepted, publicUrl)
  expect(page).toContain(`<html lang="${locale}">`)
  expect(page).toContain(sentence)
  expect(page).toContain('<a href="https://cles.example">')
})
