import { expect, test } from 'vitest'
import { locales } from '#lib/domain/accounts/user.ts'
import { providerIds } from '#lib/domain/connections/provider.ts'
import { failures } from '#lib/domain/failure-codes.ts'
import type { Mail } from '#lib/domain/notifications/mail.ts'
import { renderMail } from './mail-templates.ts'

const publicUrl = 'https://cles.example'
const noon = new Date('2026-11-22T11:00:00Z')

const alert = (more: Partial<Extract<Mail, { kind: 'alert' }>> = {}) =>
  ({
    ...{ kind: 'alert', link: `${publicUrl}/administratif/cle-de-securite`, tenantName: 'L’<b> & {x}' },
    ...{ provider: 'teamleader', state: 'reconnect_required', reason: 'revoked', since: noon, servedUntil: null },
    ...more,
  }) as const satisfies Mail

test.each(locales)('an alert has messages in %s for every reason, provider and state', (locale) => {
  for (const reason of Object.keys(failures))
    for (const provider of providerIds)
      for (const state of ['reconnect_required', 'misconfigured', 'degraded'] as const) {
        const { subject, text } = renderMail(alert({ reason, provider, state }), { locale }, publicUrl)
        expect(subject).toContain('L’<b> & {x}')
        expect(`${subject} ${text}`).not.toMatch(/mail\.alert|undefined|\{(tenant|provider)\}/)
      }
})

test.each([
  ['fr', '22 novembre 2026'],
  ['nl', '22 november 2026'],
  ['en', '22 November 2026'],
] as const)(
  'an alert says in %s since when, and until when something still works, on Belgium’s clock',
  (locale, day) => {
    const until = new Date('2026-11-22T11:41:00Z')
    const { text } = renderMail(alert({ servedUntil: until }), { locale }, publicUrl)
    expect(text).toContain(day)
    expect(text).toContain('12:00')
    expect(text).toContain('12:41')
  },
)

test('each reads a mail on their own clock', () => {
  // in Montréal the clock was put back that morning, and in Brussels it is the next day already
  const mail = alert({ since: new Date('2026-11-01T23:30:00Z'), servedUntil: new Date('2026-11-02T00:30:00Z') })
  const read = (timeZone: string | null) => renderMail(mail, { locale: 'fr', timeZone }, publicUrl).text
  expect(read('America/Montreal')).toMatch(/1 novembre 2026 à 18:30[\s\S]*1 novembre 2026 à 19:30/)
  expect(read('Europe/Brussels')).toMatch(/2 novembre 2026 à 00:30[\s\S]*2 novembre 2026 à 01:30/)
  expect(read(null)).toBe(read('Europe/Brussels'))
})

test('a digest lists no more than it was given, and says how many there are beside', () => {
  const inNeed = [
    { tenantName: 'Vandenbroeck', ref: '4711', provider: 'teo', state: 'misconfigured', since: noon } as const,
  ]
  const digest = {
    kind: 'digest',
    link: `${publicUrl}/support`,
    opened: 3,
    closed: 0,
    onV1: 1,
    endingKeys: [],
    operatorFault: 0,
    restored: { count: 0, from: null },
  } as const
  const { subject, text } = renderMail({ ...digest, inNeed, count: 40 }, { locale: 'en' }, publicUrl)
  expect(subject).toBe('This morning: 40 customers need help')
  expect(text).toContain('- Vandenbroeck (4711): téo, Correction needed since 22 November 2026')
  expect(text).toContain('… and 39 others.')
  expect(text).toContain('3 incidents opened, none closed')
  expect(text).not.toContain('backup')
  expect(renderMail({ ...digest, inNeed: [], count: 0 }, { locale: 'fr' }, publicUrl).text).toContain(
    'Aucun client n’a besoin',
  )
})

test('a digest says in one line what came from a backup and waits for a decision', () => {
  const digest = {
    kind: 'digest',
    link: `${publicUrl}/support`,
    opened: 0,
    closed: 0,
    onV1: 0,
    endingKeys: [],
    operatorFault: 0,
  } as const
  const restored = { count: 2, from: noon }
  const { text } = renderMail({ ...digest, inNeed: [], count: 0, restored }, { locale: 'en' }, publicUrl)
  expect(text).toContain('\nFrom a backup of 22 November 2026 at 12:00, waiting for a decision: 2 connections.\n')
})

test.each(locales)(
  'a digest says in one line of %s that the operator’s own client keeps connections waiting',
  (locale) => {
    const digest = { kind: 'digest', link: `${publicUrl}/support`, opened: 0, closed: 0, onV1: 0 } as const
    const rest = { inNeed: [], count: 0, restored: { count: 0, from: null }, endingKeys: [] }
    const lines = (operatorFault: number) =>
      renderMail({ ...digest, ...rest, operatorFault }, { locale }, publicUrl)
        .text.split('\n')
        .filter((line) => line.includes('TEAMLEADER_CLIENTS'))
    expect(lines(0)).toEqual([])
    expect(lines(12)).toEqual([expect.stringContaining('12')])
  },
)
