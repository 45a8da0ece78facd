import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { companies } from '#lib/sandbox/teamleader/generator/companies.ts'

/**
 * A provider of a process of its own that costs as little as can be: it answers after `LATENCY_MS`, gives a new pair for each
 * refresh token, and has `RECORDS` companies whose last changes lie ten seconds apart; other lists are empty. Prints its
 * port; `/counts` tells what it was asked.
 */

const [latencyMs, count, lifetimeS] = [process.env.LATENCY_MS, process.env.RECORDS, process.env.LIFETIME_S].map(Number)
const [fromS, stepS, pageSize] = [1_700_000_000, 10, 100]

const rows = Array.from({ length: count ?? 0 }, (_, n) => {
  const at = new Date((fromS + n * stepS) * 1000).toISOString().replace('.000Z', '+00:00')
  const id = `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`
  return JSON.stringify({ ...companies.make(7, n).fields, id, added_at: at, updated_at: at })
})

export interface ProviderCounts {
  refreshes: number
  lists: number
  /** Pages of one list of one account that were asked for while another was under way. */
  overlapping: number
}

const counts: ProviderCounts = { refreshes: 0, lists: 0, overlapping: 0 }
const underWay = new Set<string>()

const page = (body: string): string => {
  const { filter } = JSON.parse(body) as { filter?: { updated_since?: string } }
  const since = Date.parse(filter?.updated_since ?? '') / 1000
  const first = Math.max(0, Math.ceil((since - fromS) / stepS)) || 0
  return `{"data":[${rows.slice(first, first + pageSize).join(',')}]}`
}

const renewed = (body: string): string => {
  const token = new URLSearchParams(body).get('refresh_token') ?? ''
  const [name = '', version = '1'] = token.split('.')
  const next = `${name}.${Number(version) + 1}`
  return JSON.stringify({
    ...{ token_type: 'Bearer', expires_in: lifetimeS, access_token: `a${next}`, refresh_token: next },
  })
}

const server = createServer(async (request, answer) => {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const { url = '' } = request
  answer.setHeader('content-type', 'application/json')
  if (url === '/counts') return answer.end(JSON.stringify(counts))
  const isList = url.endsWith('.list')
  const asked = `${request.headers.authorization} ${url}`
  if (isList) {
    counts.lists += 1
    if (underWay.has(asked)) counts.overlapping += 1
    underWay.add(asked)
  } else counts.refreshes += 1
  const text = isList ? (url === '/companies.list' ? page(body) : '{"data":[]}') : renewed(body)
  if (latencyMs) await sleep(latencyMs)
  underWay.delete(asked)
  return answer.end(text)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
process.stdin.on('end', () => process.exit()).resume()
process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
