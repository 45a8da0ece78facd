import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { brotliCompressSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { selfSigned } from '#lib/testing/servers/certificate.ts'
import { callProvider } from './http.ts'

const bounds = { deadlineMs: 2_000, capBytes: 1024 }
const stops: (() => void)[] = []

afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A provider on loopback that answers as told. */
const provider = (listener: RequestListener): Promise<string> => listening(createServer(listener))

/** One in a thread of its own, that answers while this one does nothing. */
const providerElsewhere = async (delayMs: number): Promise<string> => {
  const program = `const { parentPort } = require('node:worker_threads')
    const server = require('node:http').createServer((_, response) => setTimeout(() => response.end('late'), ${delayMs}))
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`
  const worker = new Worker(program, { eval: true })
  stops.push(() => void worker.terminate())
  const [port] = await once(worker, 'message')
  return `http://127.0.0.1:${port}`
}

const post = (url: string, change: Partial<typeof bounds> = {}) =>
  callProvider(url, { method: 'POST', body: 'client_secret=s' }, { ...bounds, ...change })

describe('a call to a provider', () => {
  it('follows no redirect, so that a credential never reaches a second host', async () => {
    let reached = 0
    const second = await provider((_, response) => {
      reached += 1
      response.end()
    })
    const first = await provider((_, response) => response.writeHead(307, { location: second }).end())
    expect(await post(first)).toMatchObject({ kind: 'answer', status: 307 })
    expect(reached).toBe(0)
  })

  it('caps what was decoded, not what was sent', async () => {
    const bomb = brotliCompressSync(Buffer.alloc(100_000, 'a'))
    expect(bomb.length).toBeLessThan(bounds.capBytes)
    const url = await provider((_, response) => response.writeHead(200, { 'content-encoding': 'br' }).end(bomb))
    expect(await post(url)).toEqual({ kind: 'gave_up', detail: 'too_large' })
  })

  it('asks for no encoding, and reads a whole body up to its cap', async () => {
    let asked: string | undefined
    const url = await provider((request, response) => {
      asked = request.headers['accept-encoding']
      response.end('a'.repeat(bounds.capBytes))
    })
    expect(await post(url)).toMatchObject({ kind: 'answer', status: 200, body: 'a'.repeat(bounds.capBytes) })
    expect(asked).toBe('identity')
  })

  it('ends at its deadline, though bytes keep coming', async () => {
    const url = await provider((_, response) => {
      const drip = setInterval(() => response.write('a'), 20)
      response.on('close', () => clearInterval(drip))
    })
    expect(await post(url, { deadlineMs: 200 })).toEqual({ kind: 'gave_up', detail: 'TimeoutError' })
  })

  it('is read once a process goes on that was stopped beyond its deadline', async () => {
    const url = await providerElsewhere(100)
    const call = post(url, { deadlineMs: 300 })
    // asked by then
    await sleep(50)
    // nothing of this process runs meanwhile, as between SIGSTOP and SIGCONT; from here timers come next, then sockets
    await new Promise(setImmediate)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600)
    expect(await call).toMatchObject({ kind: 'answer', status: 200, body: 'late' })
  })

  it('tells a request that never left from one whose answer was lost', async () => {
    const url = await provider((request) => request.socket.destroy())
    expect(await post(url)).toMatchObject({ kind: 'no_answer' })
    for (const stop of stops.splice(0)) stop()
    expect(await post(url)).toEqual({ kind: 'not_sent', detail: 'ECONNREFUSED' })
  })

  it.each([
    ['a certificate that nobody vouches for', /^DEPTH_ZERO_SELF_SIGNED_CERT$/, () => createTlsServer(selfSigned())],
    ['no TLS where it is asked for', /^(ERR_SSL_|EPROTO)/, () => createServer()],
  ])('that meets %s never left, and is named', async (_, detail, create) => {
    const url = await listening(create())
    const call = await post(url.replace('http:', 'https:'))
    expect(call).toMatchObject({ kind: 'not_sent', detail: expect.stringMatching(detail) })
  })

  it('finds an answer that breaks off lost', async () => {
    const url = await provider((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
      setImmediate(() => response.destroy())
    })
    expect(await post(url)).toMatchObject({ kind: 'no_answer' })
  })
})
