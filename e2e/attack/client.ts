import { request } from 'node:http'
import { connect } from 'node:net'
import type { AppServer } from '../harness/app-server.ts'
import type { Customer } from '../harness/customer.ts'
import { sessionCookieOf } from '../harness/customer.ts'
import { builtActions } from '../matrix/discovery.ts'

export interface AttackRequest {
  method?: string
  path: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer | undefined
  /** As the proxy would tell it. */
  ip?: string
  to?: 'web' | 'api'
}

export interface Answer {
  /** Null when the connection ended without one. */
  status: number | null
  headers: NodeJS.Dict<string | string[]>
  text: string
  ms: number
}

const silenceMs = 60_000

/** Sends a request as written: nothing is tidied up. */
export const send = (server: AppServer, attackRequest: AttackRequest): Promise<Answer> => {
  const { method = 'GET', path, headers = {}, body, ip = '192.0.2.1', to = 'web' } = attackRequest
  const { port } = new URL(to === 'web' ? server.plainUrl : server.apiUrl)
  const began = performance.now()
  return new Promise((resolve) => {
    const end = (answer: Omit<Answer, 'ms'>) => resolve({ ...answer, ms: performance.now() - began })
    const none = () => end({ status: null, headers: {}, text: '' })
    const given = { host: new URL(server.url).host, 'x-forwarded-for': ip, ...headers }
    const outgoing = request({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: given,
      agent: false,
      timeout: silenceMs,
    })
    outgoing.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
      })
      response.on('close', () => end({ status: response.statusCode ?? null, headers: response.headers, text }))
    })
    outgoing.on('timeout', () => outgoing.destroy()).on('error', none)
    outgoing.end(body)
  })
}

/** Writes bytes on a connection; what came back until it closed, and after how long. */
export const talk = async (server: AppServer, bytes: string | Buffer): Promise<{ text: string; ms: number }> => {
  const began = performance.now()
  const socket = connect(Number(new URL(server.plainUrl).port), '127.0.0.1')
  socket.on('error', () => {})
  socket.write(bytes)
  let text = ''
  for await (const piece of socket.iterator({ destroyOnReturn: true })) text += piece
  return { text, ms: performance.now() - began }
}

const boundary = 'attack'

export const multipart = (fields: readonly (readonly [string, string])[]): string =>
  `${fields.map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`

export const formType = `multipart/form-data; boundary=${boundary}`

export interface Posted extends Omit<AttackRequest, 'path' | 'method' | 'body'> {
  page: string
  /** « lib/server/actions/….ts#name » */
  action: string
  fields: Record<string, string>
  button?: boolean | undefined
  /** Null leaves the header out. */
  origin?: string | null
}

export const actionId = (action: string): string => {
  const found = builtActions().get(action)
  if (!found) throw new Error(`${action} is not built`)
  return found.id
}

const noState = { at: null, values: {}, problems: [], warnings: [], done: false, given: {}, retype: [] }

/** Runs a form's action as Next's script does. @returns the answer, with the code of a refusal that the form shows */
export const post = async (server: AppServer, { page, action, fields, button, origin, headers, ...rest }: Posted) => {
  const from = origin === undefined ? server.url : origin
  const typed = Object.entries(fields).map(([name, value]) => [`_1_${name}`, value] as const)
  const answer = await send(server, {
    ...rest,
    method: 'POST',
    path: page,
    headers: {
      'next-action': actionId(action),
      'content-type': formType,
      ...(from !== null && { origin: from }),
      ...headers,
    },
    body: multipart([...typed, ['0', JSON.stringify(button ? ['$K1'] : [noState, '$K1'])]]),
  })
  return { ...answer, code: answer.text.match(/"problems":\[\{"code":"(\w+)"/)?.[1] ?? null }
}

export const cookieOf = async (server: AppServer, customer: Pick<Customer, 'email' | 'password'>): Promise<string> => {
  const { name, value } = await sessionCookieOf(server, customer)
  return `${name}=${value}`
}

/** Types an address and a password. @returns `in`, or what the form says */
export const trySignIn = async (
  server: AppServer,
  { email, password, ...rest }: { email: string; password: string; ip: string; headers?: Record<string, string> },
) => {
  const answer = await post(server, {
    page: '/connexion',
    action: 'lib/server/actions/sign-in.ts#signIn',
    fields: { email, password },
    ...rest,
  })
  const isIn = String(answer.headers['set-cookie']).includes('porte-cles-session=')
  return { ...answer, outcome: isIn ? 'in' : (answer.code ?? `status ${answer.status}`) }
}
