import { expect, test } from 'vitest'
import { type Answered, documentCheck } from './document-check.ts'

const problem = {
  description: '',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/P' } } },
}
const thing = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], additionalProperties: false }
const check = documentCheck({
  paths: {
    '/things/{id}': {
      get: {
        responses: {
          200: { headers: { ETag: { required: true } }, content: { 'application/json': { schema: thing } } },
          304: {},
          405: problem,
          '4XX': problem,
        },
      },
    },
  },
  components: { schemas: { P: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] } } },
})

const answered = (differing: Partial<Answered>): Answered => ({
  ...{ method: 'GET', path: '/things/1', status: 200, text: '{"id":"1"}' },
  headers: new Headers({ 'content-type': 'application/json', etag: '"1"' }),
  ...differing,
})
const refused = (method: string, path: string, status: number, text = '{"code":"x"}') =>
  check({ method, path, status, text, headers: new Headers({ 'content-type': 'application/problem+json' }) })

test('an answer as it is described has no fault', () => {
  expect(check(answered({}))).toBeNull()
  expect(check(answered({ method: 'HEAD', text: '' }))).toBeNull()
  expect(check(answered({ status: 304, text: '' }))).toBeNull()
  expect(refused('GET', '/things/1', 418)).toBeNull()
  expect(refused('POST', '/things/1', 405)).toBeNull()
  expect(refused('GET', '/nowhere', 404)).toBeNull()
})

test.each([
  ['another member', { text: '{"id":"1","more":1}' }],
  ['another type', { text: '{"id":1}' }],
  ['another status', { status: 201 }],
  ['another content type', { headers: new Headers({ 'content-type': 'text/html', etag: '"1"' }) }],
  ['a header too few', { headers: new Headers({ 'content-type': 'application/json' }) }],
  ['a body where none is described', { status: 304 }],
])('%s is one', (_, differing) => expect(check(answered(differing))).toMatch(/^GET \/things\/1 was answered/))

test('so is a problem without its code, and an answer where nothing is served', () => {
  expect(refused('GET', '/things/1', 404, '{}')).toMatch(/answered 404/)
  expect(refused('GET', '/nowhere', 200)).toMatch(/answered 200/)
  expect(refused('POST', '/things/1', 500)).toMatch(/answered 500/)
})
