import { isLoopbackHost } from '#lib/domain/operations/loopback.ts'

export const isLoopback = ({ hostname }: URL) =>
  isLoopbackHost(hostname.replace(/^\[|\]$/g, '')) || hostname.endsWith('.localhost')

export const webUrl = (text: string): URL | null => {
  const url = URL.canParse(text) ? new URL(text) : null
  const plain = url && !url.username && !url.password && !url.search && !url.hash
  return plain && /^https?:$/.test(url.protocol) ? url : null
}

export const isSmtpUrl = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : null
  // a query could switch certificates off, or log addresses
  const plain = url && /^\/?$/.test(url.pathname) && !url.search && !url.hash
  return Boolean(plain && /^smtps?:$/.test(url.protocol) && url.hostname && canDecode(url.username + url.password))
}

export const isDatabaseUrl = (text: string): boolean => {
  if (/^file:.+$/.test(text)) return true
  const url = /^postgres(ql)?:\/\/.+$/.test(text) && URL.canParse(text) ? new URL(text) : null
  // an @ further on belongs to a password that ended early
  return Boolean(url && !url.hash && !/@/.test(url.pathname + url.search) && canDecode(url.username + url.password))
}

/** A password in a URL is where a special character does most harm: what follows it is read as a host or a path. */
export const percentEncode = 'in user and password, percent-encode what is no letter or digit'

const canDecode = (text: string): boolean => {
  try {
    return decodeURIComponent(text) !== '' || text === ''
  } catch {
    return false
  }
}
