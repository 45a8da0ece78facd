import { describe, expect, test } from 'vitest'
import { locales } from '#lib/domain/accounts/user.ts'
import type { Mail } from '#lib/domain/notifications/mail.ts'
import { renderMail } from './mail-templates.ts'
import { mailText } from './mail-text.ts'

const publicUrl = 'https://cles.example'
const at = new Date('2026-11-22T11:00:00Z')

/** What mail programs make a link of. */
const links = (text: string) => text.match(/(\w+:\/\/|www\.|mailto:)\S+|[\w.-]+\.[a-z]{2,}\S*/gi) ?? []

const hostile = 'Delvaux\r\nBcc: eve@evil.example\r\n\r\nhttps://evil.example/x www.evil.example \u202Egpj.exe'

const about = { link: `${publicUrl}/support`, tenantName: hostile, provider: 'teamleader' } as const
const mails: Mail[] = [
  { kind: 'invitation', link: `${publicUrl}/invitation/abc`, tenantName: hostile, days: 7 },
  { kind: 'alert', ...about, state: 'misconfigured', reason: 'invalid_client', since: at, servedUntil: null },
  { kind: 'recovery', ...about, since: at, until: at },
  { kind: 'reconnect_request', ...about },
  { kind: 'upgrade_request', ...about },
  {
    kind: 'digest',
    link: `${publicUrl}/support`,
    inNeed: [{ tenantName: hostile, ref: hostile, provider: 'teo', state: 'misconfigured', since: at }],
    ...{
      count: 1,
      restored: { count: 0, from: null },
      opened: 0,
      closed: 0,
      endingKeys: [],
      operatorFault: 0,
      onV1: 0,
    },
  },
]

describe.each(mails)('in a mail of $kind', (mail) => {
  test.each(locales)('a hostile name is one line of text, and no link, in %s', (locale) => {
    const { subject, text } = renderMail(mail, { locale }, publicUrl)
    expect(subject).not.toMatch(/[\r\n\u202E]/)
    expect(text).not.toMatch(/^\s*Bcc:/m)
    expect(text).not.toContain('\u202E')
    expect(links(`${subject}\n${text}`).filter((link) => !link.startsWith(publicUrl))).toEqual([])
  })
})

test.each([
  ['Atelier Delvaux SRL', 'Atelier Delvaux SRL'],
  ['  L’<b> & {x} ', 'L’<b> & {x}'],
  ['Ets. Delvaux', 'Ets. Delvaux'],
  ['a\tb\u0000c', 'a b c'],
])('%o stays readable', (name, shown) => {
  expect(mailText(name)).toBe(shown)
})
