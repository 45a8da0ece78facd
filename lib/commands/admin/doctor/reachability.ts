import type { Env } from '#lib/composition/env.ts'
import { bad, type Check, type Finding, fine } from '../finding.ts'

const patienceMs = 5_000
/** More than this, and expiry times and signed requests are judged wrongly. */
export const mostSkewMs = 60_000

const causes: [codes: RegExp, cause: string][] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'its name is not known here (DNS)'],
  [/^ECONNREFUSED$/, 'nothing listens there'],
  [/CERT|^(ERR_(TLS|SSL)|UNABLE_TO_|EPROTO|DEPTH_ZERO)/, 'no TLS with it: its certificate, or its name, is not valid'],
  [/^(UND_ERR_.*TIMEOUT|ETIMEDOUT)$/, `no answer within ${patienceMs / 1000} s`],
]

const causeOf = (error: unknown): string => {
  if ((error as Error).name === 'TimeoutError') return `no answer within ${patienceMs / 1000} s`
  const code = String(((error as Error).cause as { code?: unknown } | undefined)?.code ?? 'unknown')
  return causes.find(([codes]) => codes.test(code))?.[1] ?? `it does not answer (${code})`
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
const reach = async (check: Check, what: string, url: string): Promise<Reached> => {
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

export const checkApp = async ({ publicUrl }: Env): Promise<Finding> => {
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const answer = await fetch(`${publicUrl}/api/health`, { redirect: 'manual', signal })
    return answer.status === 200
      ? fine('app', `App: answers at ${publicUrl}.`)
      : bad('app', `App: ${publicUrl}/api/health answers ${answer.status}: PUBLIC_URL names something else.`)
  } catch (error) {
    const cause = causeOf(error)
    return bad('app', `App: ${publicUrl} does not answer (${cause}): it is not running, or PUBLIC_URL is wrong.`)
  }
}
