import type { IncomingMessage, ServerResponse } from 'node:http'
import { requestId } from './request-id.ts'

/** The start command and Next each load a copy of this file: the ids belong to the process. */
const key = Symbol.for('porte-cles.unread-actions')
const shared = globalThis as { [key]?: Set<string> }
shared[key] ??= new Set<string>()
const unread = shared[key]

/** Notes that the request being answered came as far as code of ours: what fails from now on is our own fault. */
export const noteRequestRead = (): void => {
  const id = requestId()
  if (id !== undefined) unread.delete(id)
}

const mayBeAction = ({ method, headers }: IncomingMessage) =>
  method === 'POST' && (headers['next-action'] !== undefined || /^multipart\//i.test(headers['content-type'] ?? ''))

/** Next answers 500 for an action whose body or arguments it cannot read: 400 it is, since the client is at fault. */
export const correctUnreadable = (incoming: IncomingMessage, response: ServerResponse, id: string): void => {
  if (!mayBeAction(incoming)) return
  unread.add(id)
  response.once('close', () => unread.delete(id))
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse
  response.writeHead = (status: number, ...rest: unknown[]) =>
    writeHead(status === 500 && unread.has(id) ? 400 : status, ...rest)
}
