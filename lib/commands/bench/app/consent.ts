import { AppServer } from '../../../../e2e/harness/app-server.ts'
import { startAuthorizationAhead } from '../../../../e2e/harness/connection.ts'
import { askForCode, keyPage, newCustomer } from '../../../../e2e/harness/customer.ts'
import { HttpClient } from '../../../../e2e/harness/http-client.ts'
import { median, type Section, table } from '../section.ts'

const rounds = 21
const latencies = [0, 300]

/** @returns how long somebody who consented waits for the page that reads `Success`, in ms */
const returnOnce = async (server: AppServer, latencyMs: number) => {
  const customer = await newCustomer(server)
  const { nonce, state } = await startAuthorizationAhead(server, customer)
  const { location } = await askForCode(server, customer, '/oauth/callback', state)
  const { clientId } = customer.integration
  await server.sandbox.script({ clientId }, [{ on: '*', delay_before: latencyMs, times: 1000 }])
  const client = await HttpClient.signedIn(server, customer)
  client.cookies.set('porte-cles-browser', nonce)
  const from = performance.now()
  await client.get(location)
  const page = await client.get(keyPage)
  const waited = performance.now() - from
  if (!page.text.includes(' Auth Status Success ')) throw new Error('the page does not read Success')
  return waited
}

/** From the return of a browser that consented to the page that says so. */
export const consent: Section = {
  name: 'consent',
  title: 'From consent to Success',
  needsBuild: true,
  measure: async () => {
    const server = await AppServer.open({ LOG_LEVEL: 'warn' })
    try {
      await returnOnce(server, 0)
      const rows = []
      for (const latencyMs of latencies) {
        const waits: number[] = []
        for (let round = 0; round < rounds; round += 1) waits.push(await returnOnce(server, latencyMs))
        const waited = median(waits)
        rows.push([`${latencyMs} ms`, waited.toFixed(0), (waited - 2 * latencyMs).toFixed(0)])
      }
      const head = ['an answer of the provider takes', 'until the page reads Success, ms', 'without its two answers']
      return [table(head, rows), 'The exchange and the question whose account it is, one after the other.'].join('\n\n')
    } finally {
      await server.close()
    }
  },
}
