/** What came of one call to a provider: a whole answer, or at which point it was lost. */
export type HttpEvidence =
  | { kind: 'not_sent'; detail: string }
  | { kind: 'no_answer'; detail: string }
  | { kind: 'answer'; status: number; headers: Headers; body: string }

export interface Bounds {
  /** From the call to the last byte. */
  deadlineMs: number
  /** Counted after decoding. */
  capBytes: number
}

/** Errors that arise before a byte of the request left: whatever is not listed may have reached the provider. */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|ERR_SSL_|EPROTO|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

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

/** Calls a provider and never throws: no redirect is followed, no answer outgrows its cap, nothing outlives the deadline. */
export const callProvider = async (url: string, init: RequestInit, bounds: Bounds): Promise<HttpEvidence> => {
  try {
    const response = await fetch(url, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), 'accept-encoding': 'identity' },
      redirect: 'manual',
      signal: AbortSignal.timeout(bounds.deadlineMs),
    })
    const body = await readCapped(response, bounds.capBytes)
    if (body === null) return { kind: 'no_answer', detail: 'too_large' }
    return { kind: 'answer', status: response.status, headers: response.headers, body }
  } catch (error) {
    const detail = codeOf(error)
    return { kind: beforeSending.test(detail) ? 'not_sent' : 'no_answer', detail }
  }
}
