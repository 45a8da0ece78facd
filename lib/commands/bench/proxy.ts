import { openApiClient } from '#lib/testing/app/api-client.ts'
import { proxyClient } from '#lib/testing/app/proxy-client.ts'
import { openTestApp } from '#lib/testing/app/test-app.ts'
import { median, type Section, table } from './section.ts'

const calls = 401
/** Time that passes between two calls, by the clock of the app: the provider's limit is never reached. */
const apartMs = 400

const body = JSON.stringify({ page: { size: 20, number: 1 } })

const measureOne = async (url: string, token: string): Promise<number> => {
  const from = performance.now()
  const answer = await fetch(url, { method: 'POST', body, headers: { authorization: `Bearer ${token}` } })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return performance.now() - from
}

/** One call at a time, in turn: straight to the pretended Teamleader, and through the proxy. */
export const proxy: Section = {
  name: 'proxy',
  title: 'Calls through Porte-clés',
  measure: async () => {
    const testApp = await openTestApp({ API_PROXY_CALLS_PER_SECOND: '0' })
    const apiClient = await openApiClient(testApp)
    try {
      const { admin, key, script } = await proxyClient(testApp, apiClient).connected()
      await testApp.control.turn(script, { rate_limit: 1_000_000 })
      const { tenantId } = admin
      const asked = { tenantId, provider: 'teamleader', minTtlMs: 0 } as const
      const { accessToken } = await testApp.app.getAccessToken.obtain(asked)
      const straight = `${testApp.env.teamleader.apiUrl}/companies.list`
      const through = `${apiClient.url}/api/v1/connections/teamleader/proxy/companies.list`
      const times = { straight: [] as number[], through: [] as number[] }
      for (let call = 0; call < calls; call += 1) {
        testApp.clock.pass(apartMs)
        times.straight.push(await measureOne(straight, accessToken))
        times.through.push(await measureOne(through, key))
      }
      const [one, other] = [median(times.straight), median(times.through)]
      const rows = [
        ['straight', one.toFixed(2), ''],
        ['through the proxy', other.toFixed(2), (other - one).toFixed(2)],
      ]
      return table(['a call of a page of 20 companies', 'p50 ms', 'more ms'], rows)
    } finally {
      await apiClient.close()
      await testApp.close()
    }
  },
}
