import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

interface Received {
  headers: IncomingHttpHeaders
  body: string
}

/** What a receiver answers; 200 when nothing else is said. */
interface Answer {
  status: number
  headers?: Record<string, string>
  /** Waited for. */
  once?: Promise<unknown>
}

const secret = 'whsec_bm90IGEgc2VjcmV0OiB0aGlzIGlzIGEgdGVzdCBrZXk='

/** A real receiver of webhooks on loopback, which keeps what is posted to it. */
export const startEventReceiver = async () => {
  const received: Received[] = []
  const answers: Answer[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
    const { status, headers = {}, once: until } = answers.shift() ?? { status: 200 }
    await until
    response.writeHead(status, headers).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pro-plus?from=cles`
  return {
    settings: { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret },
    received,
    answerNext: (...next: Answer[]) => answers.push(...next),
    /** The bodies, each one's signature verified as of the time that it names. */
    events: () =>
      received.map(({ headers, body }) => {
        const id = String(headers['webhook-id'])
        const at = new Date(Number(headers['webhook-timestamp']) * 1000)
        if (
          !String(headers['webhook-signature'])
            .split(' ')
            .includes(new Webhook(secret).sign(id, at, body))
        )
          throw new Error('a false signature')
        return { id, at, ...(JSON.parse(body) as { type: string; timestamp: string; data: Record<string, unknown> }) }
      }),
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}

export type EventReceiver = Awaited<ReturnType<typeof startEventReceiver>>
