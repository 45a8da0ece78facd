import { eq } from 'drizzle-orm'
import { newKey } from '../../../../e2e/harness/api-client.ts'
import { AppServer } from '../../../../e2e/harness/app-server.ts'
import { connectAhead, refreshes } from '../../../../e2e/harness/connection.ts'
import { type Customer, newCustomer } from '../../../../e2e/harness/customer.ts'
import { median, type Section, table } from '../section.ts'

const callers = 200
const rounds = 5

/** The provider's own time for an answer. */
const latencyMs = 300

const expire = (server: AppServer, { tenantId }: Customer) =>
  server.inDatabase(async ({ q, tables: { tokenSets } }) => {
    const past = new Date(Date.now() - 1000)
    await q.update(tokenSets).set({ expiresAt: past, refreshDueAt: past }).where(eq(tokenSets.tenantId, tenantId))
  })

/** @returns how long each of as many callers at once waits for a token, in ms, shortest first */
const askAtOnce = async (server: AppServer, key: string, count: number) => {
  const ask = async () => {
    const from = performance.now()
    const answer = await fetch(`${server.apiUrl}/api/v1/connections/teamleader/token`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: '{}',
    })
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
    await answer.arrayBuffer()
    return performance.now() - from
  }
  const waits = await Promise.all(Array.from({ length: count }, ask))
  return waits.sort((a, b) => a - b)
}

const measureOn = async (server: AppServer) => {
  const customer = await newCustomer(server)
  await connectAhead(server, customer)
  const { clientId } = customer.integration
  await server.sandbox.script({ clientId }, [{ delay_before: latencyMs, times: 1000 }])
  const key = await newKey(server, customer.tenantId)
  await askAtOnce(server, key, callers)
  const fresh: number[][] = []
  const expired: number[][] = []
  for (let round = 0; round < rounds; round += 1) {
    fresh.push(await askAtOnce(server, key, callers))
    await expire(server, customer)
    expired.push(await askAtOnce(server, key, callers))
  }
  const made = (await refreshes(server, customer)).length
  const rowOf = (name: string, all: number[][]) => {
    const at = (part: number) => median(all.map((waits) => waits[Math.floor(part * (waits.length - 1))] ?? Number.NaN))
    return [name, at(0.5).toFixed(0), at(1).toFixed(0), (at(1) / latencyMs).toFixed(2)]
  }
  return [
    table(
      [
        `${callers} callers at once`,
        'median wait, ms',
        'longest wait, ms',
        `longest, of one answer of ${latencyMs} ms`,
      ],
      [rowOf('a fresh token', fresh), rowOf('an expired one', expired)],
    ),
    `${rounds} expiries met by ${callers} callers each cost ${made} refreshes.`,
  ].join('\n\n')
}

/** What a back end's many callers wait for when a token ends under them. */
export const expiry: Section = {
  name: 'expiry',
  title: 'Callers at expiry',
  needsBuild: true,
  measure: async () => {
    const server = await AppServer.open({ LOG_LEVEL: 'warn', API_CALLS_PER_SECOND: '0' })
    return measureOn(server).finally(() => server.close())
  },
}
