import type { GrantKind } from '../connections/provider.ts'
import type { FailureCode } from '../failure-codes.ts'

/** What is known of one call to a token endpoint once it is over. */
export type TokenEvidence =
  /** The request never left: no connection, no DNS, TLS refused. */
  | { kind: 'not_sent'; detail: string }
  /** The request left and its answer was cut off: reset, end of file. */
  | { kind: 'no_answer'; detail: string }
  /** The request left and we hung up: its answer took too long, or was too long. */
  | { kind: 'gave_up'; detail: string }
  /** `scope`: the one that was asked for, where one was. */
  | { kind: 'answer'; status: number; body: string; retryAfterMs: number | null; scope?: string | null }

export interface TokenPair {
  accessToken: string
  refreshToken: string
  /** Seconds. */
  lifetimeS: number
}

interface Refusal {
  status: number
  /** One of `finalErrors`. */
  error: string
  hint: string | null
  /** The request named a part of the provider, so a refused scope is a refused target. */
  targeted?: true
}

export type TokenOutcome =
  | { kind: 'rotated'; tokens: TokenPair }
  | { kind: 'same_token'; status: number; accessToken: string; lifetimeS: number }
  | ({ kind: 'grant_dead' } & Refusal)
  | ({ kind: 'misconfigured' } & Refusal)
  | { kind: 'throttled'; status: number; retryAfterMs: number | null }
  | { kind: 'transient'; status: number }
  /** `gaveUp`: the answer may still be on its way, so the same token must not be sent beside it. */
  | { kind: 'ambiguous'; status: number | null; gaveUp?: true }
  | { kind: 'not_sent' }

const fallbackLifetimeS = 900
const longestLifetimeS = 366 * 24 * 3600
/** Milliseconds of a lifetime are kept in 31 bits; a longer life is only refreshed sooner. */
const storedLifetimeS = 24 * 24 * 3600

/** Tokens are visible ASCII (RFC 6749 appendices A.12, A.17); control characters would break a header or a log. */
const token = (value: unknown): string | null =>
  typeof value === 'string' && /^[\x20-\x7e]+$/.test(value) ? value : null

const lifetime = (value: unknown): number => {
  const seconds = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  const usable = typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 1 && seconds <= longestLifetimeS
  return usable ? Math.min(Math.floor(seconds), storedLifetimeS) : fallbackLifetimeS
}

type Json = Record<string, unknown>

const objectOf = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null

/** The JSON object that a body is; null for anything else. */
export const parseObject = (body: string): Json | null => {
  try {
    return objectOf(JSON.parse(body))
  } catch {
    return null
  }
}

/** What an authorization server says for good: RFC 6749 sections 4.1.2.1 and 5.2, RFC 8707 section 2. */
const finalErrors = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_target',
  'access_denied',
])

/** What it says of the moment: RFC 6749 section 4.1.2.1, RFC 8628 section 3.5. */
const passingErrors = new Set(['server_error', 'temporarily_unavailable', 'slow_down'])

/** A provider may repeat what it was sent: no word of a hint is this long, but codes and secrets are. */
const withoutEchoes = (text: string) => text.slice(0, 200).replace(/\S{20,}/g, '…')

const text = (value: unknown) => (typeof value === 'string' ? value : null)

/**
 * The error of a body that speaks OAuth, in either shape: RFC 6749 section 5.2, or the `errors[]` of Teamleader's own.
 * Null for any other body: something in front of the server answered, and the server was not heard.
 */
const oauthError = (json: Json | null): { error: string; hint: string | null } | null => {
  const listed = Array.isArray(json?.errors) ? objectOf(objectOf(json.errors[0])?.meta) : null
  const error = text(json?.error) ?? text(listed?.type)
  if (error === null || !(finalErrors.has(error) || passingErrors.has(error))) return null
  const hint = text(json?.hint) ?? text(listed?.hint)
  return { error, hint: hint && withoutEchoes(hint) }
}

/** A dead grant is refused by 400 or 401 (RFC 6749 section 5.2); some servers word their refusals in a 2xx. */
const mayEndGrant = (status: number) => status === 400 || status === 401 || status < 300

const refusal = (status: number, { error, hint }: { error: string; hint: string | null }): TokenOutcome => {
  if (passingErrors.has(error)) return { kind: 'transient', status }
  const dead = (error === 'invalid_grant' || error === 'invalid_request') && mayEndGrant(status)
  return { kind: dead ? 'grant_dead' : 'misconfigured', status, error, hint }
}

const absent = (value: unknown) => value === undefined || value === null || value === ''

const success = (status: number, body: string): TokenOutcome => {
  const json = parseObject(body)
  const accessToken = token(json?.access_token)
  const refused = oauthError(json)
  if (refused && absent(json?.access_token) && absent(json?.refresh_token)) return refusal(status, refused)
  if (!json || !accessToken) return { kind: 'ambiguous', status }
  const lifetimeS = lifetime(json.expires_in)
  if (absent(json.refresh_token)) return { kind: 'same_token', status, accessToken, lifetimeS }
  const refreshToken = token(json.refresh_token)
  return refreshToken
    ? { kind: 'rotated', tokens: { accessToken, refreshToken, lifetimeS } }
    : { kind: 'ambiguous', status }
}

/**
 * Classifies a response of a token endpoint, whatever the grant. Any 2xx that holds a readable token pair counts as `rotated`
 * whatever else is odd in it: an unusable `expires_in` becomes 900 s. A 4xx counts as a refusal only when its body is an
 * OAuth error: a page of a gateway or a firewall is `transient`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export const classify = (evidence: TokenEvidence): TokenOutcome => {
  if (evidence.kind === 'not_sent') return { kind: 'not_sent' }
  if (evidence.kind === 'no_answer') return { kind: 'ambiguous', status: null }
  if (evidence.kind === 'gave_up') return { kind: 'ambiguous', status: null, gaveUp: true }
  const { status, body } = evidence
  if (status >= 200 && status < 300) return success(status, body)
  if (status === 429) return { kind: 'throttled', status, retryAfterMs: evidence.retryAfterMs }
  const refused = status >= 400 && status < 500 && status !== 408 ? oauthError(parseObject(body)) : null
  return refused ? refusal(status, refused) : { kind: 'transient', status }
}

/** A granted scope that goes without saying is the one asked for; one that is said may be less (RFC 6749 section 5.1). */
const grantsWhatWasAsked = ({ scope, body }: Extract<TokenEvidence, { kind: 'answer' }>): boolean => {
  const granted = text(parseObject(body)?.scope)?.split(' ')
  return !scope || !granted || scope.split(' ').every((asked) => granted.includes(asked))
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
  if (evidence.kind !== 'answer' || (outcome.kind !== 'rotated' && outcome.kind !== 'same_token')) return outcome
  if (!grantsWhatWasAsked(evidence))
    return { kind: 'misconfigured', status: evidence.status, error: 'invalid_scope', hint: null, targeted: true }
  if (outcome.kind === 'same_token') return outcome
  return {
    kind: 'same_token',
    status: evidence.status,
    accessToken: outcome.tokens.accessToken,
    lifetimeS: outcome.tokens.lifetimeS,
  }
}

/** What is wrong with the client or with what it asked for. */
export const misconfiguration = ({ error, targeted }: Pick<Refusal, 'error' | 'targeted'>): FailureCode => {
  if (error === 'invalid_client') return error
  return targeted && error === 'invalid_scope' ? 'target_refused' : 'request_refused'
}
