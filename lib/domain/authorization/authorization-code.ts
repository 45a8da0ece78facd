/** What « Auth Code » may hold once read: a code, and what came with it in the address it was pasted in. */
export interface PastedCode {
  code: string
  /** Null when the address had no `state` parameter at all. */
  state: string | null
  /** Who the address says answered (RFC 9207); null when it does not say. */
  iss: string | null
  /** Scheme, host and path of a pasted address, verbatim; null for a bare code. */
  redirectUri: string | null
}

/** Teamleader's codes are about 1,100 characters; twice that, sealed, still fits in a cookie. */
export const longestCode = 2048
export const longestState = 512

/** RFC 6749 appendix A.11: a code is visible ASCII; blanks are the copy's, not the code's. */
const visible = /^[\x21-\x7e]+$/

/**
 * Reads a pasted « Auth Code »: the bare code, `?code=…`, or the whole redirected address.
 * Null when no single code can be read from it.
 */
export const readPastedCode = (typed: string): PastedCode | null => {
  const text = typed.replace(/\s+/g, '')
  if (text === '' || text.length > 2 * longestCode || !visible.test(text)) return null
  const at = text.indexOf('?')
  const looksLikeQuery = at >= 0 || /(^|&)code=/.test(text)
  if (!looksLikeQuery)
    return isCode(text) && !text.includes('://') ? { code: text, state: null, iss: null, redirectUri: null } : null
  const query = new URLSearchParams(text.slice(at + 1).split('#', 1)[0])
  const [code, ...moreCodes] = query.getAll('code')
  const [state = null, ...moreStates] = query.getAll('state')
  const [iss = null, ...moreIssuers] = query.getAll('iss')
  const repeated = moreCodes.length + moreStates.length + moreIssuers.length > 0
  if (code === undefined || !isCode(code) || repeated) return null
  if (state !== null && state.length > longestState) return null
  const address = text.slice(0, Math.max(at, 0))
  if (address !== '' && !/^https?:\/\/[^/]+/i.test(address)) return null
  return { code, state, iss, redirectUri: address || null }
}

export const isCode = (text: string) => visible.test(text) && text.length <= longestCode

export const isState = (text: string) => visible.test(text) && text.length <= longestState
