import { expect, test } from 'vitest'
import { teoFailures, testFailures } from '#app/administratif/_connection/contract.ts'
import { locales } from '#lib/domain/accounts/user.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { messages } from './messages.ts'
import { messageKey, ownMessages } from './provider-messages.ts'

const leaves = (value: unknown, path: string[] = []): [string, string][] =>
  typeof value === 'string'
    ? [[path.join('.'), value]]
    : Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, [...path, key]))

const argumentsOf = (message: string) =>
  [...new Set(Array.from(message.matchAll(/\{(\w+)[,}]/g), (found) => found[1]))].sort()

/** What only one provider has something to say about. */
const alone = new Set(['field.target', 'help.target', 'fact.onDemand'])

test.each(['teo', 'v1', 'sharedClient'] as const)(
  'the words of %s stand where the common ones do, with their arguments',
  (own) => {
    for (const locale of locales) {
      const common = new Map(leaves(messages[locale]))
      for (const [key, message] of leaves(messages[locale][own])) {
        if (alone.has(key) || key.startsWith('notice.')) continue
        const replaced = common.get(key)
        expect(replaced, `${locale} ${own}.${key} replaces nothing`).toBeDefined()
        expect(argumentsOf(message), `${locale} ${own}.${key}`).toEqual(argumentsOf(replaced ?? ''))
      }
    }
  },
)

test('a provider speaks with its own words where it has some', () => {
  expect(messageKey('teo', 'failures.invalid_client.cause')).toBe('teo.failures.invalid_client.cause')
  expect(messageKey('teo', 'failures.invalid_client.action')).toBe('failures.invalid_client.action')
  expect(messageKey('teamleader-v1', 'headline.connected.label')).toBe('v1.headline.connected.label')
  expect(messageKey('teamleader', 'failures.invalid_client.cause')).toBe('failures.invalid_client.cause')
  expect(messageKey('teamleader-shared', 'failures.revoked.fix')).toBe('sharedClient.failures.revoked.fix')
  expect(Object.values(ownMessages)).toEqual([null, 'sharedClient', 'v1', 'teo'])
})

const read = (locale: (typeof locales)[number], key: string): string =>
  key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown>)[part], messages[locale]) as string

/** What any form can answer. */
const anywhere = [
  'foreign_origin',
  'storage_unavailable',
  'session_ended',
  'too_many_attempts',
  'link_dead',
  'unexpected',
] as const satisfies FailureCode[]

/** What a first key, a later one or a read can fail by, as the connection's status or its last test keeps it. */
const teoStatusKeys = [
  'invalid_client',
  'target_refused',
  'request_refused',
  'response_lost',
  'provider_unavailable',
  'provider_throttled',
  'secret_unreadable',
  'exchange_interrupted',
  'exchange_under_way',
  'renewal_delayed',
  'access_refused',
  'read_forbidden',
  'read_expired',
  'read_failed',
  'target_unknown',
] as const satisfies FailureCode[]

const v1StatusKeys = [
  'api_group_missing',
  'api_group_malformed',
  'api_secret_missing',
  'api_secret_malformed',
  'edited_elsewhere',
  'keys_refused',
  'provider_unavailable',
  'provider_throttled',
  'read_failed',
  'secret_unreadable',
  'not_connected',
  'connection_disabled',
] as const satisfies FailureCode[]

const wordsOf = (codes: readonly FailureCode[]) =>
  codes.flatMap((code) => (['cause', 'fix', 'action'] as const).map((part) => `failures.${code}.${part}`))

const states = ['unconfigured', 'awaiting_authorization', 'refused', 'connected', 'degraded', 'misconfigured', 'paused']
const teoMessageKeys = [
  ...wordsOf([...teoFailures, ...testFailures, ...teoStatusKeys, ...anywhere]),
  ...[...states, 'reconnect_required'].flatMap((state) => [`headline.${state}.label`, `headline.${state}.sentence`]),
  ...['renewalValid', 'renewalOver', 'reconnectValid', 'reconnectOver', 'correctValid', 'correctOver'].map(
    (key) => `validity.${key}`,
  ),
  ...Object.keys(messages.fr.disconnect).map((key) => `disconnect.${key}`),
  ...Object.keys(messages.fr.test).map((key) => `test.${key}`),
  ...['save', 'saving', 'test', 'testing', 'resume', 'resuming', 'disconnect'].map((key) => `button.${key}`),
  ...['on', 'onSoon', 'onBroken', 'off', 'secretNew', 'secretStored'].map((key) => `help.${key}`),
  ...['account', 'resting', 'pausedFix'].map((key) => `fact.${key}`),
  ...['title', 'no_answer', 'support'].map((key) => `outage.${key}`),
  'variant.beside.sentence',
]

test.each(locales)('whatever téo’s section tells in %s, it does not speak of Teamleader', (locale) => {
  const strays = teoMessageKeys.filter((key) => /teamleader/i.test(read(locale, messageKey('teo', key))))
  expect(strays).toEqual([])
})

test.each(locales)('whatever is told of V1 in %s, it speaks of its own two values', (locale) => {
  const reported = [
    ...wordsOf([...v1StatusKeys, ...anywhere]),
    'headline.connected.sentence',
    'headline.paused.sentence',
  ]
  const strays = reported.filter((key) => /client (id|secret)/i.test(read(locale, messageKey('teamleader-v1', key))))
  expect(strays).toEqual([])
})

/** What can be met through the integration of Pro+, where nothing was typed. */
const sharedStatusKeys = [
  'never_returned',
  'access_denied',
  'authorization_error',
  'revoked',
  'lost_response',
  'access_refused',
  'reconnect_required',
  'identity_refused',
  'identity_unverified',
  'identity_unknown',
  'read_forbidden',
  'renewal_delayed',
  'provider_configuration',
  'provider_unavailable',
  'provider_throttled',
] as const satisfies FailureCode[]

test.each(locales)(
  'whatever is told of the integration of Pro+ in %s, nobody is sent to fields that are not there',
  (locale) => {
    const told = [
      ...wordsOf(sharedStatusKeys),
      ...['unconfigured', 'awaiting_authorization'].map((state) => `headline.${state}.sentence`),
      ...['staysText', 'elsewhereText'].map((key) => `disconnect.${key}`),
    ]
    const strays = told.filter((key) =>
      /client (id|secret)|redirect|copi|kopi|copy/i.test(read(locale, messageKey('teamleader-shared', key))),
    )
    expect(strays).toEqual([])
  },
)
