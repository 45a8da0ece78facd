import { type IncomingMessage, type RequestListener, Server, type ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { correctStatus } from './action-status.ts'
import { refuseConnection, refuseRequest } from './refuse-request.ts'
import { receiveBody } from './request-body.ts'
import { nameRequest, withRequest } from './request-id.ts'
import { findRefusal } from './request-limits.ts'
import { traceRequest } from './trace-request.ts'

const options = {
  // refused like other malformed requests, not by Node
  requireHostHeader: false,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // longer than a balancer keeps its idle connections, so that it never writes into one that we close
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
}
/** Longer than any handler is silent: a call of a provider has 25 s. */
const stalledAfterMs = 120_000
const mostConnections = 4_096
/** At the end, how long new requests wait for those before them, so that the process is not busy when it stops listening. */
const holdMs = 1_000
const quietMs = 30
/** Then, how long a client may go on writing on a connection that it keeps alive. */
const idleGraceMs = 2_000

/** What a client expects, and nothing here does (RFC 9110, 10.1.1). */
const unexpected = { status: 417, code: 'expectation_unknown' } as const

/**
 * Node's HTTP server, for requests from anybody: each gets an id, those that Node would answer by itself too; malformed
 * ones are refused, slow and silent clients end. Unlike Node's, it ends without resetting a connection.
 */
export class GuardedServer extends Server {
  readonly #unanswered = new Set<ServerResponse>()
  readonly #sockets = new Set<Socket>()
  /** What is being answered on a connection. */
  readonly #answering = new WeakMap<Socket, ServerResponse>()
  readonly #held: (() => void)[] = []
  #accepted = 0
  #state: 'open' | 'holding' | 'closed' = 'open'

  /** @param bodyLimit in bytes; a listener that counts for itself says `Infinity` */
  constructor(listener: RequestListener, bodyLimit: number) {
    super(options)
    this.timeout = stalledAfterMs
    this.maxConnections = mostConnections
    this.on('request', (incoming, response) => this.#receive(incoming, response, listener, bodyLimit))
    this.on('checkExpectation', (incoming, response) =>
      refuseRequest(incoming, response, this.#name(incoming, response), unexpected),
    )
    this.on('clientError', (error, socket: Socket) => refuseConnection(error, socket, this.#answering.get(socket)))
    this.on('connection', (socket) => {
      this.#accepted += 1
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    // Next listens for upgrades and answers none: without a listener they are requests like others
    this.once('listening', () => this.removeAllListeners('upgrade'))
  }

  #name(incoming: IncomingMessage, response: ServerResponse) {
    this.#answering.set(incoming.socket, response)
    return nameRequest(incoming, response)
  }

  #receive(incoming: IncomingMessage, response: ServerResponse, listener: RequestListener, bodyLimit: number) {
    const context = this.#name(incoming, response)
    const refusal = findRefusal(incoming)
    if (refusal) return refuseRequest(incoming, response, context, refusal)
    correctStatus(incoming, response, context)
    const handle = () => {
      if (this.#state !== 'open') response.shouldKeepAlive = false
      this.#unanswered.add(response)
      response.once('close', () => this.#unanswered.delete(response))
      withRequest(context, () => traceRequest(incoming, response, context, () => listener(incoming, response)))
    }
    const handleInTime = () => (this.#state === 'holding' ? this.#held.push(handle) : handle())
    if (bodyLimit === Infinity) return handleInTime()
    receiveBody(incoming, bodyLimit, (fits) => {
      if (fits) handleInTime()
      else refuseRequest(incoming, response, context, { status: 413, code: 'body_too_large' })
    })
  }

  #closeUnused() {
    this.closeIdleConnections()
    // a browser opens connections ahead of use
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy()
  }

  /** Waits for a moment at which nobody waits to be accepted: whoever does when a server stops listening is reset. */
  async #untilQuiet() {
    const until = performance.now() + holdMs
    let accepted: number
    do {
      accepted = this.#accepted
      // whoever was just told to close connects again
      await pause(quietMs)
    } while ((accepted < this.#accepted || this.#unanswered.size > 0) && performance.now() < until)
    do {
      accepted = this.#accepted
      // each turn of the event loop accepts one connection that waits
      await nextTurn()
    } while (accepted < this.#accepted)
  }

  /**
   * Takes no new connection, and tells clients with each answer to close theirs; resolves when what was asked is
   * answered, or cut after `graceMs`.
   */
  async finish(graceMs: number): Promise<void> {
    if (!this.listening) return
    this.#state = 'holding'
    for (const response of this.#unanswered) if (!response.headersSent) response.shouldKeepAlive = false
    await this.#untilQuiet()
    // that of `http` would close idle connections, on which a request may be on its way
    const closed = new Promise((done) => NetServer.prototype.close.call(this, done))
    this.#state = 'closed'
    for (const handle of this.#held.splice(0)) handle()
    let unused: NodeJS.Timeout | undefined
    const idle = setTimeout(() => {
      unused = setInterval(() => this.#closeUnused(), 20)
    }, idleGraceMs)
    const cut = setTimeout(() => this.closeAllConnections(), graceMs)
    await closed
    clearInterval(unused)
    for (const timer of [idle, cut]) clearTimeout(timer)
  }
}
