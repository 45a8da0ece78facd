import { expect, test } from 'vitest'
import { readHint } from './hint.ts'
import { mayHaveWebhooks, secretInUrl, webhookUrl } from './webhook-url.ts'

const id = '96a38bbf-24ed-4083-8a5c-20db92aa471e'

test.each([
  ['the id of a subject', { type: 'company.updated', subject: { type: 'company', id } }, { kind: 'companies', id }],
  ['the id of data, as an older page has it', { type: 'contact.added', data: { id } }, { kind: 'contacts', id }],
  [
    'a link, which is the contact’s',
    { type: 'contact.linkedToCompany', subject: { type: 'contact', id } },
    { kind: 'contacts', id },
  ],
  ['an account, whichever it names', { type: 'account.deleted', subject: { id } }, { kind: 'account', id: 'account' }],
])('%s is read', (_, body, hint) => {
  expect(readHint(body)).toEqual(hint)
})

test.each([
  ['nothing', null],
  ['a list', [{ type: 'company.updated' }]],
  ['an event that was not asked for', { type: 'deal.created', subject: { id } }],
  ['a name of every object', { type: 'constructor.added', subject: { id } }],
  ['no id', { type: 'company.updated', subject: {} }],
  ['an id that is no text', { type: 'company.updated', subject: { id: 7 } }],
  ['an id with a path in it', { type: 'company.updated', subject: { id: '../users' } }],
  ['a long id', { type: 'company.updated', subject: { id: 'a'.repeat(101) } }],
])('%s says nothing', (_, body) => {
  expect(readHint(body)).toBeNull()
})

test('webhooks are for an address that a provider reaches and nobody on the way can read', () => {
  expect(mayHaveWebhooks({ local: false }, 'https://cles.example')).toBe(true)
  expect(mayHaveWebhooks({ local: false }, 'http://localhost:3000')).toBe(false)
  expect(mayHaveWebhooks({ local: true }, 'http://localhost:3000')).toBe(true)
  expect(mayHaveWebhooks(null, 'https://cles.example')).toBe(false)
})

test('a registered URL is ours by its origin, and names its secret', () => {
  const ours = 'https://cles.example'
  expect(secretInUrl(ours, 'teamleader', webhookUrl(ours, 'teamleader', 's'))).toBe('s')
  expect(secretInUrl(ours, 'teamleader', `${ours}/old/path`)).toBe('')
  expect(secretInUrl(ours, 'teamleader', 'https://cles.example.org/api/webhooks/teamleader/s')).toBeNull()
})
