import { request } from 'node:http'
import { startApiServer, startMetricsServer } from '#lib/api/listener.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ApiKey } from '#lib/domain/api-keys/api-key.ts'
import { watchAnswers } from '../api/watch-answers.ts'
import type { TestApp } from './test-app.ts'

interface Asking {
  tenant?: string
  body?: string
  provider?: string
  headers?: Record<string, string>
}

const operator = { kind: 'operator' } as const

/** The API of a test app on a port of its own, as a back end calls it; each answer is held to the API's document. */
export const openApiClient = async ({ app }: TestApp) => {
  const apiServer = await startApiServer({ ...app, env: { ...app.env, apiPort: 0 } })
  const url = `http://127.0.0.1:${apiServer.port}`
  const unwatch = await watchAnswers(url)
  const output: string[] = []

  const create = async (tenantId: TenantId | null) => {
    const typed = { name: 'Pro+', tenantId, scopes: ['teamleader:token'] }
    const key = await app.manageApiKeys.create(typed, operator)
    if (key === null) throw new Error('the key was not made')
    return key
  }

  const ask = async (key: string, { tenant, body, provider = 'teamleader', headers = {} }: Asking = {}) => {
    const answer = await fetch(`${url}/api/v1/connections/${provider}/token`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        ...(tenant !== undefined && { 'porte-cles-tenant': tenant }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
    const text = await answer.text()
    if (!answer.ok) output.push(text)
    return { status: answer.status, headers: answer.headers, json: JSON.parse(text) }
  }

  /** Sends a body of unknown length piece by piece, until all is sent or the connection is cut. @returns the status */
  const pour = (key: string, piece: Buffer, times: number) =>
    new Promise<{ status: number; sent: number }>((done, fail) => {
      let sent = 0
      let status = 0
      const asking = request(`${url}/api/v1/connections/teamleader/token`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
      })
      asking.on('response', (answer) => {
        status = answer.statusCode ?? 0
        answer.resume()
      })
      const next = (error?: Error | null) => {
        if (error || sent >= times) return asking.end()
        sent += 1
        asking.write(piece, next)
      }
      asking.on('error', (error) => (status ? undefined : fail(error)))
      asking.on('close', () => done({ status, sent }))
      next()
    })

  return {
    url,
    ask,
    pour,
    create,
    keyOf: ({ tenantId }: Admin) => create(tenantId),
    /** A key that may ask something else alone. */
    withoutScope: async (tenantId: TenantId) => {
      const whole = await create(tenantId)
      const prefix = whole.slice(3, 15)
      const found = (await app.store.apiKeys.list()).find((key) => key.prefix === prefix) as ApiKey
      const other: ApiKey = { ...found, prefix: 'ffffffffffff', scopes: ['teo:token'] }
      const entry = { event: 'api_key.created', outcome: 'ok', connectionId: null, detail: {} } as const
      await app.store.apiKeys.add(other, { ...entry, at: found.createdAt, tenantId, actor: operator })
      return whole.replace(prefix, other.prefix)
    },
    /** Everything that was said with a refusal. */
    refusals: () => output.join('\n'),
    /** As a process that answers no back ends has it. */
    metricsServer: async () => {
      const server = await startMetricsServer({ ...app, env: { ...app.env, metricsPort: 0 } })
      if (!server) throw new Error('there is no server for metrics')
      return server
    },
    close: () => {
      unwatch()
      return apiServer.close(1_000)
    },
  }
}

export type ApiClient = Awaited<ReturnType<typeof openApiClient>>
