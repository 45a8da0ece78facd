import fc, { type Arbitrary } from 'fast-check'
import { builtActions, findPages, findRoutes } from '../matrix/discovery.ts'
import { hostileHeader, hostilePart, hostileText } from './hostile-values.ts'

export interface HostileRequest {
  /** Which listener it is sent to. */
  to: 'web' | 'api'
  /** What of ours it is for: a file, an action, an operation; null for an address that nothing answers. */
  endpoint: string | null
  method: string
  target: string
  headers: Record<string, string>
  body: string | null
  signedIn: boolean
}

const boundary = 'hostile'

const multipart = (fields: [string, string][]) =>
  `${fields.map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name.replace(/["\r\n]/g, '_')}"\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`

interface Target {
  endpoint: string | null
  path: string
}

/** `app/invitation/[token]/page.tsx` is `/invitation/` and something hostile. */
const targetOf = (file: string): Arbitrary<Target> => {
  const parts = file.split('/').slice(1, -1)
  const filled = parts.map((part) => (part.startsWith('[') ? hostilePart : fc.constant(part)))
  return fc.tuple(...filled).map((path) => ({ endpoint: file, path: `/${path.join('/')}` }))
}

const parameters = 'code state error error_description show outcome from to after before etape q provider page retour'
const query = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...parameters.split(' ')), hostilePart), hostilePart), { maxLength: 4 })
  .map((pairs) => (pairs.length > 0 ? `?${pairs.map((pair) => pair.join('=')).join('&')}` : ''))

const cookieNames = 'session browser departure way-back code notice sign-in oidc oidc-checks locale known auth-csrf'
const cookie = fc
  .array(fc.tuple(fc.constantFrom(...cookieNames.split(' ')), hostileHeader), { maxLength: 3 })
  .map((pairs) => pairs.map(([name, value]) => `porte-cles-${name}=${value.replace(/[;\t]/g, '_')}`).join('; '))

const oddHeaders = fc.dictionary(
  fc.constantFrom(
    ...['rsc', 'next-router-state-tree', 'next-router-prefetch', 'next-router-segment-prefetch', 'next-url', 'accept'],
    ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-middleware-subrequest', 'x-nextjs-data'],
    ...['accept-language', 'accept-encoding', 'content-encoding', 'range', 'if-none-match', 'purpose', 'referer'],
    ...['x-action-forwarded', 'x-request-id', 'authorization', 'sec-fetch-site', 'upgrade-insecure-requests'],
  ),
  hostileHeader,
  { maxKeys: 3 },
)

const fieldNames = 'email password passwordAgain token name tenantId userId operation revision enabled clientId step'
const fields = fc.dictionary(fc.oneof(fc.constantFrom(...fieldNames.split(' ')), hostileText), hostileText, {
  maxKeys: 5,
})

/** Arguments as React writes them, and as it never would. */
const flight = fc.oneof(
  fields.map((typed): [string, string][] => [
    ...Object.entries(typed).map(([name, value]): [string, string] => [`_1_${name}`, value]),
    ['0', '[{"at":null,"values":{},"problems":[],"warnings":[],"done":false,"retype":[]},"$K1"]'],
  ]),
  fc.array(fc.tuple(fc.constantFrom('0', '1', '2', '_1_email', '1:0'), fc.oneof(hostileText, fc.json())), {
    maxLength: 4,
  }),
)

type Shape = Omit<HostileRequest, 'to' | 'signedIn'>

const nothing = hostileHeader.map((id) => ({ id, endpoint: null }))

/** Asks a page to run an action, by Next's script or by a form. */
const action = (known: { id: string; endpoint: string }[], pages: Arbitrary<Target>): Arbitrary<Shape> => {
  const asked = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, nothing)
  const byScript = fc
    .tuple(pages, asked, fc.oneof(flight.map(multipart), hostileText, fc.json()), fc.boolean())
    .map(([{ path }, { id, endpoint }, body, form]) => ({
      ...{ method: 'POST', target: path, endpoint, body },
      headers: {
        'next-action': id,
        'content-type': form ? `multipart/form-data; boundary=${boundary}` : 'text/plain;charset=UTF-8',
      },
    }))
  const key = fc.tuple(
    fc.constantFrom('$ACTION_ID_', '$ACTION_REF_1', '$ACTION_1:0', '$ACTION_1:1', '$ACTION_KEY'),
    asked,
  )
  const byForm = fc
    .tuple(pages, fc.array(fc.tuple(key, hostileText), { maxLength: 3 }), fields)
    .map(([{ path }, keys, typed]) => ({
      ...{ method: 'POST', target: path, endpoint: keys[0]?.[0][1].endpoint ?? null },
      ...{ headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } },
      body: multipart([
        ...keys.map(([[name, { id }], value]): [string, string] =>
          name === '$ACTION_ID_' ? [name + id, ''] : [name, value || `{"id":"${id}","bound":"$@1"}`],
        ),
        ...Object.entries(typed),
      ]),
    }))
  return fc.oneof(byScript, byForm)
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'REPORT']
const types = ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data', 'x']

const withBody = (target: Arbitrary<Target>): Arbitrary<Shape> =>
  fc
    .tuple(fc.constantFrom(...methods), target, fc.constantFrom(...types), fc.oneof(hostileText, fc.json()))
    .map(([method, { path, endpoint }, type, body]) => ({
      method,
      target: path,
      endpoint,
      headers: { 'content-type': type },
      body,
    }))

const read = (target: Arbitrary<Target>): Arbitrary<Shape> =>
  target.map(({ path, endpoint }) => ({ method: 'GET', target: path, endpoint, headers: {}, body: null }))

const nextPaths = [
  ...['/_next/image?url=%2Fx&w=64&q=75', '/_next/data/x/index.json', '/_next/static/x', '/api/auth/_log'],
  ...['signin', 'signout', 'csrf', 'providers', 'session', 'error', 'callback/credentials'].map(
    (step) => `/api/auth/${step}`,
  ),
]

/** `/api/v1/connections/{provider}/token`, as the API's own document names it. */
const operationOf = (operation: string): Arbitrary<Target> => {
  const parts = operation.split(/\{\w+\}/)
  const filled = parts.slice(1).map(() => fc.oneof(fc.constantFrom('teamleader', 'teo', 'teamleader-v1'), hostilePart))
  return fc.tuple(...filled).map((values) => ({
    endpoint: operation,
    path: parts.map((part, at) => part + (values[at] ?? '')).join(''),
  }))
}

const unknownAddress = (path: string): Target => ({ endpoint: null, path })

/** All that requests can be for: what was never asked was not tried. @param operations paths of the API's document */
export const endpointsOf = (operations: readonly string[]): string[] => [
  ...findPages(),
  ...findRoutes(),
  ...builtActions().keys(),
  ...operations,
]

/** Requests to every page, route, action and operation of the API, by somebody who means harm. */
export const hostileRequests = (publicUrl: string, operations: readonly string[]): Arbitrary<HostileRequest> => {
  const pages = fc.oneof(...findPages().map(targetOf))
  const known = fc.oneof(pages, fc.oneof(...findRoutes().map(targetOf)))
  const anywhere = fc.oneof(
    { weight: 8, arbitrary: known },
    fc.array(hostilePart, { maxLength: 4 }).map((parts) => unknownAddress(`/${parts.join('/')}`)),
    fc.constantFrom(...nextPaths).map(unknownAddress),
  )
  const target = fc
    .tuple(anywhere, query)
    .map(([{ path, endpoint }, search]) => ({ endpoint, path: path.includes('?') ? path : path + search }))
  const ids = [...builtActions()].map(([endpoint, { id }]) => ({ endpoint, id }))
  const web = fc.oneof(read(target), withBody(target), action(ids, pages))
  const apiTarget = fc.oneof(
    { weight: 6, arbitrary: fc.oneof(...operations.map(operationOf)) },
    hostilePart.map((part) => unknownAddress(`/api/${part}`)),
  )
  const origin = fc.oneof(fc.constant(publicUrl), fc.constant('null'), hostileHeader)
  const more = fc.tuple(oddHeaders, cookie, origin, hostileHeader)
  return fc
    .oneof(
      { weight: 9, arbitrary: web.map((asked) => ({ ...asked, to: 'web' as const })) },
      {
        weight: 1,
        arbitrary: fc.oneof(read(apiTarget), withBody(apiTarget)).map((asked) => ({ ...asked, to: 'api' as const })),
      },
    )
    .chain((asked) =>
      fc.tuple(more, fc.boolean()).map(([[odd, sent, from, named], signedIn]) => ({
        ...asked,
        signedIn,
        headers: { ...odd, origin: from, cookie: sent, 'porte-cles-tenant': named, ...asked.headers },
      })),
    )
}
