import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What was asked through relays, by its path, and at most how often at once. */
export type RelayCounts = Map<string, { calls: number; now: number; most: number }>

/** Stands before a provider, takes so long for each answer, and counts what is under way in counts that others may share. */
export const startCountingRelay = async (url: string, latencyMs: number, all: RelayCounts) => {
  const own = { calls: 0 }
  const server = createServer(async (request, answer) => {
    const path = request.url ?? ''
    const count = all.get(path) ?? { calls: 0, now: 0, most: 0 }
    all.set(path, count)
    own.calls += 1
    count.calls += 1
    count.now += 1
    count.most = Math.max(count.most, count.now)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers
    const [response] = await Promise.all([
      fetch(`${url}${path}`, {
        method: request.method ?? 'GET',
        headers: { authorization, 'content-type': type },
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      }),
      sleep(latencyMs),
    ])
    const body = Buffer.from(await response.arrayBuffer())
    count.now -= 1
    const sent = [...response.headers].filter(([name]) => !/^(content-|transfer-|connection)/.test(name))
    answer.writeHead(response.status, { ...Object.fromEntries(sent), 'content-type': 'application/json' })
    answer.end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    own,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
