import type { Container } from '../../lib/composition/container.ts'
import { newKey } from '../harness/api-client.ts'
import type { MatrixAccounts } from './test-users.ts'

/** Who asks at the API, always about tenant A where one can be named. */
export const programs = [
  'no key',
  'session of A',
  'revoked key',
  'key of B',
  'nameless platform key',
  'key of A',
  'platform key',
] as const
export type Program = (typeof programs)[number]

export type ProgramAnswers = Record<Program, string>

const open = (answer = '200') => Object.fromEntries(programs.map((program) => [program, answer])) as ProgramAnswers

/** The pretended Teamleader answers GET and POST alone. */
const proxied = (method: string): ProgramAnswers => {
  const passed = method === 'GET' || method === 'POST' ? '200' : '404'
  return {
    'no key': '401',
    'session of A': '401',
    'revoked key': '401',
    'key of B': '404',
    'nameless platform key': '400',
    'key of A': passed,
    'platform key': passed,
  }
}

/** To a key with the scope of tokens alone. */
const state: ProgramAnswers = {
  'no key': '401',
  'session of A': '401',
  'revoked key': '401',
  'key of B': '404',
  'nameless platform key': '400',
  'key of A': '200',
  'platform key': '200',
}
const data: ProgramAnswers = {
  ...open('403'),
  'no key': '401',
  'session of A': '401',
  'revoked key': '401',
}

/** Every route of the API; `POST` with an empty object. */
export const endpoints: Record<string, { path: string; answers: ProgramAnswers }> = {
  ...Object.fromEntries(
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [
      `${method} /api/v1/connections/:provider/proxy/*`,
      { path: '/api/v1/connections/teamleader/proxy/departments.list', answers: proxied(method) },
    ]),
  ),
  'POST /api/v1/connections/:provider/token': {
    path: '/api/v1/connections/teamleader/token',
    answers: state,
  },
  'GET /api/v1/connections': { path: '/api/v1/connections', answers: state },
  'GET /api/v1/connections/:provider': { path: '/api/v1/connections/teamleader', answers: state },
  ...Object.fromEntries(
    ['companies', 'contacts', 'departments', 'dossiers'].flatMap((list) => [
      [`GET /api/v1/${list}`, { path: `/api/v1/${list}`, answers: data }],
      [`GET /api/v1/${list}/:id`, { path: `/api/v1/${list}/x`, answers: data }],
    ]),
  ),
  'GET /api/health': { path: '/api/health', answers: open() },
  'GET /api/ready': { path: '/api/ready', answers: open() },
  // from this machine; from elsewhere with a key that has `metrics:read`
  'GET /metrics': { path: '/metrics', answers: open() },
  'GET /api/openapi.json': { path: '/api/openapi.json', answers: open() },
  'GET /api/docs': { path: '/api/docs', answers: open() },
}

/** The headers that each asks with. */
export const programHeaders = async ({
  server,
  b,
  cookies,
  ids,
}: MatrixAccounts): Promise<Record<Program, HeadersInit>> => {
  const [ofA, ofB, ofPlatform, revoked] = await Promise.all([
    newKey(server, ids.tenantId),
    newKey(server, b.tenantId),
    newKey(server, null),
    newKey(server, ids.tenantId),
  ])
  await server.compose(({ manageApiKeys }: Container) =>
    manageApiKeys.revoke(revoked.split('_')[1] ?? '', { kind: 'operator' }),
  )
  const bearer = (key: string, tenant = ids.tenantId as string | null) => ({
    authorization: `Bearer ${key}`,
    ...(tenant && { 'porte-cles-tenant': tenant }),
  })
  return {
    'no key': { 'porte-cles-tenant': ids.tenantId },
    'session of A': { cookie: cookies.admin, 'porte-cles-tenant': ids.tenantId },
    'revoked key': bearer(revoked),
    'key of B': bearer(ofB),
    'nameless platform key': bearer(ofPlatform, null),
    'key of A': bearer(ofA, null),
    'platform key': bearer(ofPlatform),
  }
}
