import { isCode, isState, longestState } from './authorization-code.ts'

/** What an address of ours was opened with, once read strictly. */
export type AuthorizationResponse =
  | { kind: 'none' }
  | { kind: 'malformed' }
  | { kind: 'refusal'; error: string; state: string | null; iss: string | null }
  | { kind: 'code'; code: string; state: string; iss: string | null }
  /** No `state` parameter at all: the hand-made address of the old guide. */
  | { kind: 'stateless'; code: string }
  /** A state that is there but cannot be one of ours. */
  | { kind: 'impossible_state' }

const longestQuery = 8192
const own = ['code', 'state', 'error', 'error_description', 'error_uri', 'hint', 'message', 'iss']

/** Control characters, the marks that turn the direction of a text, and what is left of an encoding that was none. */
const unprintable = /[\p{Cc}\p{Bidi_Control}%]/u

/** The query's pairs; null when it is no valid UTF-8 or holds what no parameter of ours can. */
const pairsOf = (search: string): [string, string][] | null => {
  try {
    return search
      .replace(/^\?/, '')
      .split('&')
      .filter(Boolean)
      .map((pair) => {
        const at = pair.indexOf('=')
        const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
        const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))
        return [decode(name), decode(value)]
      })
  } catch {
    return null
  }
}

/** A provider that names itself in its responses must have sent this one: a code of another one would be handed to it. */
export const isFrom = ({ issuer }: { issuer: string | null }, iss: string | null): boolean =>
  issuer === null || issuer === iss

/**
 * Reads an authorization response. Repeated, oversized and malformed parameters are refused; `error` wins over `code`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
 * @see https://www.rfc-editor.org/rfc/rfc9207#section-2
 */
export const readAuthorizationResponse = (search: string): AuthorizationResponse => {
  if (search.length > longestQuery) return { kind: 'malformed' }
  const pairs = pairsOf(search)
  if (!pairs) return { kind: 'malformed' }
  const given = new Map<string, string>()
  for (const [name, value] of pairs) {
    const base = name.replace(/\[.*$/s, '')
    if (!own.includes(base)) continue
    if (base !== name || given.has(name) || unprintable.test(value)) return { kind: 'malformed' }
    given.set(name, value)
  }
  const [code, state, error] = [given.get('code'), given.get('state'), given.get('error')]
  const iss = given.get('iss') ?? null
  if (error !== undefined) {
    const usable = state !== undefined && isState(state)
    return { kind: 'refusal', error: error.slice(0, 64), state: usable ? state : null, iss }
  }
  if (code === undefined) return state === undefined ? { kind: 'none' } : { kind: 'malformed' }
  if (!isCode(code)) return { kind: 'malformed' }
  if (state === undefined) return { kind: 'stateless', code }
  if (state.length > longestState || !isState(state)) return { kind: 'impossible_state' }
  return { kind: 'code', code, state, iss }
}
