import type { Env } from '#lib/composition/env.ts'
import { bad, type Check, type Finding, fine } from '../finding.ts'

const patienceMs = 5_000
/** More than this, and expiry times and signed requests are judged wrongly. */
export const mostSkewMs = 60_000

const patience = `no answer within ${patienceMs / 1000} s: a firewall on the way drops it, or the server is overloaded`
const authority =
  'nobody known here vouches for its certificate: send the whole chain, or name your authority in NODE_EXTRA_CA_CERTS'

const causes: [codes: RegExp, cause: string][] = [
  [/^(ENOTFOUND|EAI_AGAIN|EDNS)$/, 'its name is not known here (DNS)'],
  [/^ECONNREFUSED$/, 'nothing listens there'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'its certificate is for another name'],
  [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/, 'its certificate is out of date, or the clock here is wrong'],
  [/^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/, authority],
  [/CERT|^(ERR_(TLS|SSL)|EPROTO)/, 'no TLS with it: it speaks none on this port, or its certificate is not valid'],
  [/^(UND_ERR_.*TIMEOUT|ETIMEDOUT|TimeoutError)$/, patience],
]

/** Why no answer came, by the code of Node or of a library. */
export const causeOfCode = (code: string): string =>
  causes.find(([codes]) => codes.test(code))?.[1] ?? `it does not answer (${code})`

const causeOf = (error: unknown): string => {
  if ((error as Error).name === 'TimeoutError') return patience
  const code = ((error as Error).cause as { code?: unknown } | undefined)?.code
  return typeof code === 'string' ? causeOfCode(code) : 'it does not answer'
}

/** Milliseconds that a server's clock is ahead of ours, to the second; null where it does not say. */
const skewOf = (answer: Response, sentAt: number): number | null => {
  const date = Date.parse(answer.headers.get('date') ?? '')
  return Number.isNaN(date) ? null : date - (sentAt + Date.now()) / 2
}

interface Reached {
  finding: Finding
  skewMs: number | null
}

/** Any answer will do: what matters is that one comes. Nothing is posted, and no credential is sent. */
export const reach = async (check: Check, what: string, url: string): Promise<Reached> => {
  const sentAt = Date.now()
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal })
    return { finding: fine(check, `${what}: ${url} answers.`), skewMs: skewOf(answer, sentAt) }
  } catch (error) {
    return { finding: bad(check, `${what}: ${url}: ${causeOf(error)}.`), skewMs: null }
  }
}

export const clockFinding = (aheadMs: number, of: string): Finding => {
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  return Math.abs(aheadMs) <= mostSkewMs
    ? fine('clock', `Clock: within a minute of ${of}.`)
    : bad(
        'clock',
        `Clock: ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} ${of}: let NTP set it, on both machines.`,
      )
}

/** The middle of what they say: one server whose clock is wrong tells nothing of ours. */
const clockOf = (skews: number[]): Finding[] => {
  const sorted = [...skews].sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)]
  return median === undefined ? [] : [clockFinding(-median, "the providers'")]
}

export const checkReachability = async (env: Env): Promise<Finding[]> => {
  const { oauthUrl, apiUrl } = env.teamleader
  const reached = await Promise.all([
    reach('teamleader_sign_in', 'Teamleader sign-in', oauthUrl),
    reach('teamleader_api', 'Teamleader API', apiUrl),
    reach('teamleader_v1', 'Teamleader V1', env.teamleaderV1Url),
    reach('teo_sign_in', 'téo sign-in', env.teo.authUrl),
    reach('teo_api', 'téo API', env.teo.apiUrl),
  ])
  // no more of it than its host: the rest may name a key
  const webhook = env.webhook ? [(await reach('webhook', 'Webhook', new URL(env.webhook.url).origin)).finding] : []
  const skews = reached.flatMap(({ skewMs }) => (skewMs === null ? [] : [skewMs]))
  return [...reached.map(({ finding }) => finding), ...webhook, ...clockOf(skews)]
}

const whyNot = (status: number, ours: boolean): string => {
  if (ours && status === 503) return 'its database does not answer, or takes no writes; its log says why'
  if (status >= 502 && status <= 504)
    return 'a proxy is there, but not the app behind it: start the app, or correct the port in the proxy'
  return 'PUBLIC_URL names something else'
}

/** Whether it is there and ready, on the way that browsers take. */
export const checkApp = async ({ publicUrl }: Pick<Env, 'publicUrl'>): Promise<Finding> => {
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const { status, headers } = await fetch(`${publicUrl}/api/ready`, { redirect: 'manual', signal })
    if (status === 200) return fine('app', `App: answers at ${publicUrl}, and is ready.`)
    return bad('app', `App: ${publicUrl}/api/ready answers ${status}: ${whyNot(status, headers.has('x-request-id'))}.`)
  } catch (error) {
    const cause = causeOf(error)
    const next = /TLS|certificate/.test(cause) ? '' : ': start the app and its proxy, or correct PUBLIC_URL'
    return bad('app', `App: ${publicUrl} cannot be reached from here (${cause})${next}.`)
  }
}
