/** What came of one call to a provider: a whole answer, or at which point it was lost. */
export type HttpEvidence =
  | { kind: 'not_sent'; detail: string }
  /** Cut off by the other side, or on the way. */
  | { kind: 'no_answer'; detail: string }
  /** Ended by us: it took too long, or it was too long. */
  | { kind: 'gave_up'; detail: string }
  | { kind: 'answer'; status: number; headers: Headers; body: string; ageMs: number }

export interface Bounds {
  /** From the call to the last byte. */
  deadlineMs: number
  /** Counted after decoding. */
  capBytes: number
}

/** Errors that arise before a byte of the request left: whatever is not listed may have reached the provider. */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|ERR_SSL_|EPROTO|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

/** Timeouts of the client itself, for an answer that does not begin or does not go on. */
const clientTimeouts = /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/

const codeOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause ? error.cause : error
  const { code, name } = cause as { code?: unknown; name?: unknown }
  return String(typeof code === 'string' ? code : (name ?? 'unknown'))
}

const readCapped = async (response: Response, capBytes: number): Promise<string | null> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    // leaving the loop cancels the stream and closes the connection
    if (size > capBytes) return null
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

/** How long a process that was stopped reads what has come meanwhile, once its time is up. */
const readLateMs = 1_000

/** A deadline. Timers run before sockets are read, so one that fires late must not throw away what waits in the socket. */
const startDeadline = (ms: number) => {
  const controller = new AbortController()
  const dueMs = performance.now() + ms
  const abort = () => controller.abort(new DOMException('the deadline passed', 'TimeoutError'))
  let timer = setTimeout(() => {
    if (performance.now() - dueMs < readLateMs / 10) return abort()
    timer = setTimeout(abort, readLateMs).unref()
  }, ms).unref()
  return { signal: controller.signal, clear: () => clearTimeout(timer) }
}

/** How long ago an answer was made, by the clock of its server: it may have waited in the socket of a stopped process. */
const ageMs = (headers: Headers, sinceSentMs: number) => {
  const claimedMs = Date.now() - Date.parse(headers.get('date') ?? '')
  // the two clocks may differ; it was made after the request left in any case
  return claimedMs > 0 ? Math.min(claimedMs, sinceSentMs) : 0
}

/** Calls a provider and never throws: no redirect is followed, no answer outgrows its cap, nothing outlives the deadline. */
export const callProvider = async (url: string, init: RequestInit, bounds: Bounds): Promise<HttpEvidence> => {
  const sentMs = performance.now()
  const deadline = startDeadline(bounds.deadlineMs)
  try {
    const response = await fetch(url, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), 'accept-encoding': 'identity' },
      redirect: 'manual',
      signal: deadline.signal,
    })
    const body = await readCapped(response, bounds.capBytes)
    if (body === null) return { kind: 'gave_up', detail: 'too_large' }
    const { status, headers } = response
    return { kind: 'answer', status, headers, body, ageMs: ageMs(headers, performance.now() - sentMs) }
  } catch (error) {
    const detail = codeOf(error)
    if (deadline.signal.aborted || clientTimeouts.test(detail)) return { kind: 'gave_up', detail }
    return { kind: beforeSending.test(detail) ? 'not_sent' : 'no_answer', detail }
  } finally {
    deadline.clear()
  }
}
