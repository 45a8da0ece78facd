import { once } from 'node:events'
import { request } from 'node:http'
import type { ApiClient } from './api-client.ts'
import type { TestApp } from './test-app.ts'

/** Calls of a back end through the API of a test app. */
export const proxyClient = (testApp: TestApp, apiClient: ApiClient) => {
  const connected = async (user?: string) => {
    const { admin, integration } = await testApp.connected(user)
    const key = await apiClient.create(admin.tenantId, ['teamleader:proxy'])
    return { admin, key, script: { clientId: integration.clientId } }
  }

  const call = (key: string, path: string, more: RequestInit = {}) =>
    fetch(`${apiClient.url}${path}`, { ...more, headers: { authorization: `Bearer ${key}`, ...more.headers } })

  /** The path as it is typed: `fetch` resolves it first. */
  const callRaw = async (key: string, path: string) => {
    const { hostname, port } = new URL(apiClient.url)
    const asking = request({ hostname, port, path, headers: { authorization: `Bearer ${key}` } }).end()
    const [answer] = await once(asking, 'response')
    const pieces: Buffer[] = []
    for await (const piece of answer) pieces.push(piece)
    return { status: answer.statusCode, code: JSON.parse(Buffer.concat(pieces).toString()).code }
  }

  const codeOf = async (answer: Response) => ({
    status: answer.status,
    by: answer.headers.get('porte-cles-answer'),
    code: ((await answer.json()) as { code: string }).code,
  })

  const seen = async ({ clientId }: { clientId: string }, endpoint: string) =>
    (await testApp.control.journal(clientId)).requests.filter((asked) => asked.endpoint === endpoint)

  return { connected, call, callRaw, codeOf, seen }
}
