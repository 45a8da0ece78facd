import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import { locales } from '#lib/domain/accounts/user.ts'
import { eventsOfKind, type JournalLine, journalKinds } from '#lib/domain/journal/journal-view.ts'
import { messages } from '#lib/i18n/messages.ts'
import { formatterOf } from './journal-messages.ts'

const formatterIn = (locale: (typeof locales)[number]) => {
  const onError = (error: Error) => {
    throw error
  }
  return formatterOf(createTranslator({ locale, messages: messages[locale], onError })).format
}

const line = (more: Partial<JournalLine>): JournalLine => ({
  id: 'entry',
  at: new Date('2026-11-22T12:00:00.000Z'),
  event: 'settings.saved',
  outcome: 'ok',
  ip: null,
  provider: null,
  tenant: null,
  actor: { kind: 'system', user: null },
  about: null,
  detail: {},
  ...more,
})

describe.each(locales)('in %s', (locale) => {
  const format = formatterIn(locale)

  test('every event has messages', () => {
    for (const event of journalKinds.flatMap(eventsOfKind))
      expect(format(line({ event })).what).not.toMatch(/[a-z]\.[a-z]/)
  })

  test('a refusal tells its cause', () => {
    const text = format(line({ event: 'session.refused', outcome: 'credentials_wrong' }))
    expect(text).toMatchObject({ failed: true, outcome: messages[locale].failures.credentials_wrong.cause })
  })

  test('what téo refused is told of téo', () => {
    const refused = { event: 'authorization.exchanged', outcome: 'invalid_client', provider: 'teo' } as const
    const tested = { event: 'connection.tested', provider: 'teo', detail: { dossiers: 'read_forbidden' } } as const
    const { invalid_client, read_forbidden } = messages[locale].teo.failures
    expect(format(line(refused)).outcome).toBe(invalid_client.cause)
    expect(format(line(tested)).facts.map(({ value }) => value)).toEqual([read_forbidden.cause])
  })
})

const format = formatterIn('fr')

test('people are named; whoever is from support is « Support »', () => {
  const as = (role: 'admin' | 'support') => ({ kind: 'user' as const, user: { name: 'Marie Delvaux', role } })
  expect(format(line({ actor: as('admin') })).who).toBe('Marie Delvaux')
  expect(format(line({ actor: as('support') })).who).toBe('Support')
  const about = { name: 'Anne Peeters', role: 'support' } as const
  const invited = format(line({ event: 'user.invited', about, detail: { userId: 'u', role: 'support' } }))
  expect(invited.facts.map(({ value }) => value)).toEqual(['Support', 'Support'])
})

test('who is no person has a name too', () => {
  const names = (['visitor', 'operator', 'system', 'back_end', 'user'] as const).map(
    (kind) => format(line({ actor: { kind, user: null } })).who,
  )
  expect(names).toEqual([
    'Visiteur',
    'Commande d’administration',
    'Porte-clés',
    'Programme de Pro+',
    'personne effacée',
  ])
})

test('details are told in words, and what is for support alone is left out', () => {
  const detail = {
    answer: 'ambiguous',
    status: null,
    enabled: false,
    lifetimeMs: 3_600_000,
    contacts: 'read_forbidden',
    companies: 'ok',
    kind: 'refusals',
    tokenSet: 'hidden',
  }
  expect(format(line({ detail })).facts).toEqual([
    { label: 'Réponse', value: 'Aucune réponse lisible', verbatim: false },
    { label: 'En marche', value: 'Non', verbatim: false },
    { label: 'Durée de validité', value: '60 min', verbatim: false },
    { label: 'Contacts', value: messages.fr.failures.read_forbidden.cause, verbatim: false },
    { label: 'Entreprises', value: 'A répondu', verbatim: false },
    { label: 'Type', value: 'Refuse de nombreuses clés à la fois', verbatim: false },
  ])
})

test('what another version wrote is shown by its name', () => {
  const text = format(line({ event: 'moon.risen', outcome: 'eclipsed', detail: { phase: 'full' } as never }))
  expect(text).toMatchObject({ what: 'moon.risen', outcome: 'eclipsed', failed: true, facts: [] })
})
