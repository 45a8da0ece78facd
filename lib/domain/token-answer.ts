import type { FailureCode } from './failure-codes.ts'
import type { GrantKind } from './provider.ts'

/** What is known of one call to a token endpoint once it is over. */
export type TokenEvidence =
  /** The request never left: no connection, no DNS, TLS refused. */
  | { kind: 'not_sent'; detail: string }
  /** The request left and no whole answer came: timeout, reset, a body that broke off or was too long. */
  | { kind: 'no_answer'; detail: string }
  | { kind: 'answer'; status: number; body: string; retryAfterMs: number | null }

export interface TokenPair {
  accessToken: string
  refreshToken: string
  /** Seconds. */
  lifetimeS: number
}

interface Refusal {
  status: number
  /** RFC 6749 section 5.2 `error`. */
  error: string
  hint: string | null
  /** The request named a part of the provider, so a refused scope is a refused target. */
  targeted?: true
}

export type TokenOutcome =
  | { kind: 'rotated'; tokens: TokenPair }
  | { kind: 'same_token'; accessToken: string; lifetimeS: number }
  | ({ kind: 'grant_dead' } & Refusal)
  | ({ kind: 'misconfigured' } & Refusal)
  | { kind: 'throttled'; status: number; retryAfterMs: number | null }
  | { kind: 'transient'; status: number }
  | { kind: 'ambiguous'; status: number | null }
  | { kind: 'not_sent' }

const fallbackLifetimeS = 900
const longestLifetimeS = 366 * 24 * 3600
/** Milliseconds of a lifetime are kept in 31 bits; a longer life is only renewed sooner. */
const keptLifetimeS = 24 * 24 * 3600

/** Tokens are visible ASCII (RFC 6749 appendices A.12, A.17); control characters would break a header or a log. */
const token = (value: unknown): string | null =>
  typeof value === 'string' && /^[\x20-\x7e]+$/.test(value) ? value : null

const lifetime = (value: unknown): number => {
  const seconds = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  const usable = typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 1 && seconds <= longestLifetimeS
  return usable ? Math.min(Math.floor(seconds), keptLifetimeS) : fallbackLifetimeS
}

const parse = (body: string): Record<string, unknown> | null => {
  try {
    const json: unknown = JSON.parse(body)
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const success = (body: string): TokenOutcome => {
  const json = parse(body)
  const accessToken = token(json?.access_token)
  if (!json || !accessToken) return { kind: 'ambiguous', status: 200 }
  const lifetimeS = lifetime(json.expires_in)
  if (json.refresh_token === undefined) return { kind: 'same_token', accessToken, lifetimeS }
  const refreshToken = token(json.refresh_token)
  return refreshToken
    ? { kind: 'rotated', tokens: { accessToken, refreshToken, lifetimeS } }
    : { kind: 'ambiguous', status: 200 }
}

/** A provider may repeat what it was sent: no word of an error or a hint is this long, but codes and secrets are. */
const withoutEchoes = (text: string) => text.replace(/\S{20,}/g, '…')

/** Reads both shapes: RFC 6749 `error`, and the `errors[0].title` of Teamleader's API. */
const refusal = (status: number, body: string): Refusal => {
  const json = parse(body)
  const listed = Array.isArray(json?.errors)
    ? (json.errors[0] as Record<string, unknown> | undefined)?.title
    : undefined
  const text = (value: unknown) => (typeof value === 'string' ? withoutEchoes(value.slice(0, 200)) : null)
  return { status, error: text(json?.error) ?? text(listed) ?? 'unknown', hint: text(json?.hint) }
}

/**
 * Judges an answer of a token endpoint, whatever the grant. A 200 that holds a readable token pair counts as `rotated`
 * whatever else is odd in it: an unusable `expires_in` becomes 900 s.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export const classify = (evidence: TokenEvidence): TokenOutcome => {
  if (evidence.kind === 'not_sent') return { kind: 'not_sent' }
  if (evidence.kind === 'no_answer') return { kind: 'ambiguous', status: null }
  const { status, body } = evidence
  if (status === 200) return success(body)
  if (status === 429) return { kind: 'throttled', status, retryAfterMs: evidence.retryAfterMs }
  if (status === 408 || status >= 500 || status < 400) return { kind: 'transient', status }
  const refused = refusal(status, body)
  const dead = refused.error === 'invalid_grant' || refused.error === 'invalid_request'
  return { kind: dead && (status === 400 || status === 401) ? 'grant_dead' : 'misconfigured', ...refused }
}

/**
 * The same for a grant of the given kind. The client's own credentials cannot die, they can only be wrong; and no refresh
 * token comes with them (RFC 6749 section 4.4.3).
 */
export const classifyGrant = (grant: GrantKind, evidence: TokenEvidence): TokenOutcome => {
  const outcome = classify(evidence)
  if (grant !== 'client_credentials') return outcome
  if (outcome.kind === 'grant_dead' || outcome.kind === 'misconfigured')
    return { ...outcome, kind: 'misconfigured', targeted: true }
  if (outcome.kind !== 'rotated') return outcome
  return { kind: 'same_token', accessToken: outcome.tokens.accessToken, lifetimeS: outcome.tokens.lifetimeS }
}

/** What is wrong with the client or with what it asked for. */
export const misconfiguration = ({ error, targeted }: Pick<Refusal, 'error' | 'targeted'>): FailureCode => {
  if (error === 'invalid_client') return error
  return targeted && error === 'invalid_scope' ? 'target_refused' : 'request_refused'
}
