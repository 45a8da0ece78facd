import { expect, test } from 'vitest'
import { locales } from '#lib/domain/accounts/user.ts'
import { renderMail } from './mail-templates.ts'

const publicUrl = 'https://cles.example'
const link = `${publicUrl}/invitation/abc`

test.each(locales)('an invitation says in %s where to go, and until when', (locale) => {
  const { subject, text } = renderMail(
    { kind: 'invitation', link, tenantName: 'L’<b>’ {x}', days: 7 },
    { locale },
    publicUrl,
  )
  expect(subject).toContain('Porte-clés')
  expect(text).toContain('L’<b>’ {x}')
  expect(text.split('\n')).toContain(link)
  expect(text).toMatch(/\b7 (jours|dagen|days)\b/)
  expect(text).toContain(`\n-- \nPorte-clés, ${publicUrl}\n`)
})

test('a mail is formatted in the language of who reads it', () => {
  const subjects = locales.map(
    (locale) => renderMail({ kind: 'password', link, minutes: 60 }, { locale }, publicUrl).subject,
  )
  expect(subjects).toEqual(['Choisir un nouveau mot de passe', 'Een nieuw wachtwoord kiezen', 'Choose a new password'])
})
