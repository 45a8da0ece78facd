import { expect, test } from 'vitest'
import { locales } from '#lib/domain/accounts/user.ts'
import { failures } from '#lib/domain/failure-codes.ts'
import { messages } from './messages.ts'

const flatten = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'string'
    ? [[path, value]]
    : Object.entries(value as object).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key))

/** The arguments of an ICU message, not the words of its branches. */
const argumentsOf = (message: string) =>
  [...new Set(Array.from(message.matchAll(/\{(\w+)[,}]/g), (found) => found[1]))].sort()

const french = new Map(flatten(messages.fr))

test.each(locales)('%s has exactly the keys of French', (locale) => {
  expect(flatten(messages[locale]).map(([key]) => key)).toEqual([...french.keys()])
})

test.each(locales)('%s names the same arguments as French in every message', (locale) => {
  for (const [key, message] of flatten(messages[locale]))
    expect(argumentsOf(message), `${locale} ${key}`).toEqual(argumentsOf(french.get(key) ?? ''))
})

test.each(locales)('%s leaves no message empty', (locale) => {
  for (const [key, message] of flatten(messages[locale])) expect(message.trim(), `${locale} ${key}`).not.toBe('')
})

test.each(locales)('%s has messages for the failures of the domain and for no others', (locale) => {
  expect(Object.keys(messages[locale].failures).sort()).toEqual(Object.keys(failures).sort())
})

test('the labels that others rely on stay to the letter', () => {
  const { field, fact, button, help, question, outage } = messages.fr
  expect([field.apiVersion, fact.noAttempt, button.connect, help.codeReceived, question.replace]).toEqual([
    "Version de l'API",
    "Aucun essai pour l'instant",
    'Se connecter à Teamleader',
    'Code reçu à {time}',
    'Remplacer le compte connecté ?',
  ])
  expect([button.test, button.reconnect, button.disconnect, button.copyDiagnostic, outage.title]).toEqual([
    'Tester la connexion',
    'Reconnecter',
    'Déconnecter',
    'Copier le diagnostic',
    'Teamleader ne répond pas',
  ])
})

test.each(locales)('%s writes typographic apostrophes, the labels of the contract aside', (locale) => {
  const contract = new Set([
    'field.apiVersion',
    'integration.switch',
    'fact.noAttempt',
    'signIn.company',
    'confirmation.title',
    'confirmation.passkey',
    'secondFactor.usePasskey',
    'headline.restored.sentence',
    'shell.apiKeys',
    'apiKeys.title',
  ])
  for (const [key, message] of flatten(messages[locale]))
    if (!contract.has(key)) expect(message, `${locale} ${key}`).not.toContain("'")
})

test('French keeps a colon, a semicolon, a question mark and a quotation on the line of its word', () => {
  const contract = new Set(['question.first', 'question.replace'])
  for (const [key, message] of french) if (!contract.has(key)) expect(message, key).not.toMatch(/ [:;!?](\s|$)|« | »/)
})

test.each(['nl', 'en'] as const)('%s quotes with ‘ ’ alone', (locale) => {
  for (const [key, message] of flatten(messages[locale])) expect(message, `${locale} ${key}`).not.toMatch(/[“”„«»"]/)
})
