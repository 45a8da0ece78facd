/** How many calls a key may make with a process; 0 is without limit. */
export interface CallRates {
  /** Of tokens, data and states. */
  callsPerSecond: number
  /** Through the proxy. */
  proxiedPerSecond: number
}

export interface CallLimit {
  /** `RateLimit-Policy` and `RateLimit`, revision 11 of the draft; `Retry-After` for one that is refused. */
  headers: Record<string, string>
  refused: boolean
}

/** A second's calls may come at once. */
const windowMs = 1_000
const mostKeys = 10_000

/**
 * A limit for each key, in memory: the generic cell rate algorithm, which keeps one time a key, that at which all its calls
 * are paid off.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/11/
 */
const limiter = (name: string, perSecond: number, monotonicMs: () => number) => {
  const paidAtMs = new Map<string, number>()
  const stepMs = windowMs / perSecond
  const policy = `"${name}";q=${perSecond};w=1`

  return (prefix: string): CallLimit => {
    const nowMs = monotonicMs()
    const afterMs = Math.max(paidAtMs.get(prefix) ?? 0, nowMs) + stepMs
    const refused = afterMs - nowMs > windowMs + 1e-6
    if (!refused) {
      // what is forgotten starts anew
      if (paidAtMs.size >= mostKeys) paidAtMs.clear()
      paidAtMs.set(prefix, afterMs)
    }
    const remaining = refused ? 0 : Math.floor((windowMs - (afterMs - nowMs)) / stepMs + 1e-6)
    const headers = { 'ratelimit-policy': policy, ratelimit: `"${name}";r=${remaining};t=1` }
    return refused ? { refused, headers: { ...headers, 'retry-after': '1' } } : { refused, headers }
  }
}

const unlimited: CallLimit = { refused: false, headers: {} }

/** @returns for each kind of call, what counts one of a key */
export const callLimits = ({ callsPerSecond, proxiedPerSecond }: CallRates, monotonicMs: () => number) => {
  const of = (name: string, rate: number) => (rate === 0 ? () => unlimited : limiter(name, rate, monotonicMs))
  return { calls: of('calls', callsPerSecond), proxy: of('proxy', proxiedPerSecond) }
}
