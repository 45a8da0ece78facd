import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Container, createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'

const operator = { kind: 'operator' } as const

const answers: Record<string, object> = {
  '/oauth2/access_token': {
    token_type: 'Bearer',
    expires_in: 3600,
    // as long as Teamleader's
    access_token: 'a'.repeat(900),
    refresh_token: 'r'.repeat(900),
  },
  '/users.me': {
    data: {
      id: 'a1',
      account: { type: 'account', id: 'b1' },
      first_name: 'Marie',
      last_name: 'Delvaux',
      email: 'marie@example.org',
    },
  },
}

/** Stands in for Teamleader while a connection is made; the measured reads never ask it. */
const startProvider = async () => {
  const server = createServer((asked, answer) => {
    asked.resume()
    answer.setHeader('content-type', 'application/json').end(JSON.stringify(answers[asked.url ?? ''] ?? {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() }
}

const connect = async (app: Container): Promise<string> => {
  const tenantId = await app.createAccounts.addTenant({ name: 'Atelier Delvaux SRL', ref: null }, operator)
  if (tenantId === null) throw new Error('the tenant was not made')
  const email = 'marie@example.org'
  await app.createAccounts.addUser({ email, role: 'admin', tenantId, password: 'une phrase assez longue' }, operator)
  const user = (await app.store.accounts.findSignIn(email))?.user
  if (user?.role !== 'admin') throw new Error('the admin was not made')
  const credentials = { clientId: '1'.repeat(32), clientSecret: '2'.repeat(32) }
  await app.saveSettings(user, 'teamleader', { revision: 0, enabled: true, ...credentials })
  const nonce = app.random.secret()
  const state = await app.startAuthorization.begin(user, 'teamleader', nonce)
  const { kind } = await app.handleCallback.withCode(
    { provider: 'teamleader', state, nonce, user },
    'def50200'.repeat(40),
  )
  if (kind !== 'connected') throw new Error(`the connection is ${kind}`)
  const key = await app.manageApiKeys.create({ name: 'bench', tenantId, scopes: ['teamleader:token'] }, operator)
  if (key === null) throw new Error('the key was not made')
  return key
}

const countReads = async (app: Container, key: string, statements: string[]) => {
  const read = async () => {
    const came = {
      authorization: `Bearer ${key}`,
      tenantHeader: undefined,
      anyOf: ['teamleader:token'],
      ip: null,
    } as const
    const holder = await app.manageApiKeys.authenticateForToken(came, 'teamleader')
    if ('refused' in holder) throw new Error(holder.refused)
    const { tenantId, tokenSet } = holder
    await app.getAccessToken.obtain({ tenantId, provider: 'teamleader', minTtlMs: 0 }, tokenSet)
  }
  const times = 100
  statements.length = 0
  for (let time = 0; time < times; time += 1) await read()
  const writes = statements.filter((sql) => !/^\s*select\b/i.test(sql)).length
  return { statements: statements.length / times, writes: writes / times }
}

/** A database with one connected tenant and the key of its back end, and what a read of its token costs there. */
export const prepareConnection = async (settings: Record<string, string>) => {
  const provider = await startProvider()
  const urls = { TEAMLEADER_OAUTH_URL: provider.url, TEAMLEADER_API_URL: provider.url }
  const statements: string[] = []
  const app = await createContainer(parseEnv({ ...settings, ...urls }), { onStatement: (sql) => statements.push(sql) })
  try {
    const key = await connect(app)
    return { key, cost: await countReads(app, key, statements) }
  } finally {
    await app.close()
    provider.stop()
  }
}
