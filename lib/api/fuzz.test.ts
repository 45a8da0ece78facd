import { Agent, request } from 'node:http'
import { expect, test } from 'vitest'
import { Random } from '#lib/sandbox/teamleader/generator/random.ts'
import { dataClient } from '#lib/testing/api/data-client.ts'
import { documentCheck, type OpenApi } from '#lib/testing/api/document-check.ts'
import { type Generated, requestsOf } from '#lib/testing/api/generated-requests.ts'
import { openApiClient } from '#lib/testing/app/api-client.ts'
import { openTestApp } from '#lib/testing/app/test-app.ts'
import { copiedTenant, settle } from '#lib/testing/sync/copied-tenant.ts'

/** `npm run test:fuzz` asks a hundred thousand; a failure is asked again by its seed. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 1_500)
const seed = Number(process.env.FUZZ_SEED ?? 1)
const atOnce = 16

const providerScopes = (provider: string) => ['token', 'data:read', 'proxy'].map((verb) => `${provider}:${verb}`)

/** As it stands: `fetch` would mend it first. */
const send = (url: string, agent: Agent, { method, target, headers, body }: Generated) =>
  new Promise<{ status: number; headers: Headers; text: string }>((done, fail) => {
    const { hostname, port } = new URL(url)
    const asking = request({ hostname, port, agent, method, path: target, headers }, async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      const given = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
      done({ status: answer.statusCode ?? 0, headers: new Headers(given), text: Buffer.concat(chunks).toString() })
    }).on('error', fail)
    asking.end(body ?? undefined)
  })

test('whatever is asked after the document is answered as it says, and never by a fault of ours', {
  timeout: 30_000 + requests * 20,
}, async () => {
  const testApp = await openTestApp({ API_CALLS_PER_SECOND: '0', API_PROXY_CALLS_PER_SECOND: '0' })
  const apiClient = await openApiClient(testApp)
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  try {
    testApp.records().seed({ companies: 30, contacts: 5, departments: 2, seed, burst: 1 })
    const { admin } = await copiedTenant(testApp)
    const other = await testApp.addAdmin()
    await settle(testApp)
    const client = dataClient(testApp, apiClient.url)
    const scopes = [...providerScopes('teamleader'), ...providerScopes('teo')]
    const whole = await client.keyFor(admin.tenantId, scopes)
    const keys = [
      ...[whole, whole, whole, await client.keyFor(admin.tenantId), await client.keyFor(null, scopes)],
      ...[await client.keyFor(other.tenantId, scopes), 'pk_x', `${whole}x`],
    ]
    const page = await client.get(whole, 'companies?limit=10')
    const { data, next_cursor } = (await page.json()) as { data: { id: string }[]; next_cursor: string }
    const [{ id = '' } = {}] = data
    const record = await client.get(whole, `companies/${id}`)
    const known = {
      keys,
      tenants: [admin.tenantId, other.tenantId],
      values: {
        cursor: [next_cursor, (await client.follow(whole, 'contacts')).cursor],
        id: data.map((one) => one.id),
        path: ['companies.list', 'companies.info', 'contacts.list', 'unheard.of', 'v1/dossiers'],
        'if-none-match': [page.headers.get('etag') ?? '', record.headers.get('etag') ?? '', '*'],
      },
    }
    const document = (await (await fetch(`${apiClient.url}/api/openapi.json`)).json()) as OpenApi
    const check = documentCheck(document)
    const next = requestsOf(document, new Random(seed), known)
    const statuses = new Map<number, number>()
    let left = requests
    const ask = async () => {
      while (left > 0) {
        left -= 1
        const asked = next()
        const answer = await send(apiClient.url, agent, asked)
        const path = asked.target.split('?', 1)[0] ?? ''
        const fault = check({ method: asked.method, path, ...answer })
        const isOurs = answer.headers.get('porte-cles-answer') !== 'provider'
        if (fault || (isOurs && answer.status >= 500))
          throw new Error(`${fault ?? answer.status}\n${JSON.stringify(asked)}`)
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, ask))
    // it came further than the door
    for (const status of [200, 304, 400, 401, 403, 404, 405])
      expect([status, statuses.get(status)]).not.toContain(undefined)
    expect((await fetch(`${apiClient.url}/api/ready`)).status).toBe(200)
  } finally {
    agent.destroy()
    await apiClient.close()
    await testApp.close()
  }
})
