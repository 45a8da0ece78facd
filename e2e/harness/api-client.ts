import { once } from 'node:events'
import { request } from 'node:http'
import type { AppServer } from './app-server.ts'
import type { Customer } from './customer.ts'

interface Asking {
  body?: object
  headers?: Record<string, string>
}

const operator = { kind: 'operator' } as const

const path = '/api/v1/connections/teamleader/token'

/** A key that a back end of this customer, or of the platform, would hold. */
export const newKey = async (server: AppServer, tenantId: Customer['tenantId'] | null): Promise<string> => {
  const typed = { name: 'Pro+', tenantId, scopes: ['teamleader:token', 'teamleader:proxy'] }
  const key = await server.compose(({ manageApiKeys }) => manageApiKeys.create(typed, operator))
  if (key === null) throw new Error('the key was not made')
  return key
}

/** Asks for a token as a back end does. */
export const askApi = async (server: AppServer, key: string, { body = {}, headers = {} }: Asking = {}) => {
  const answer = await fetch(`${server.apiUrl}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, json: JSON.parse(text) }
}

/** Says that Teamleader refused this version: a new one is asked for at once. */
export const reportRefused = (server: AppServer, key: string, version: number) =>
  askApi(server, key, { body: { rejected_token_version: version } })

/** The same, told apart in two moments: the request has reached its handler, and it was answered. */
export const reportAtLeisure = async (server: AppServer, key: string, version: number) => {
  const asking = request(`${server.apiUrl}${path}`, {
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${key}`, expect: '100-continue' },
  })
  const answered = once(asking, 'response').then(async ([answer]) => {
    const pieces: Buffer[] = []
    for await (const piece of answer) pieces.push(piece)
    const text = Buffer.concat(pieces).toString()
    return { status: answer.statusCode as number, json: JSON.parse(text) }
  })
  asking.flushHeaders()
  await once(asking, 'continue')
  asking.end(JSON.stringify({ rejected_token_version: version }))
  return { answered }
}
