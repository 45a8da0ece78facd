interface Choices {
  nonce: string
  https: boolean
  /** Next's development server evaluates code and writes styles inline. */
  development: boolean
}

/** Scripts need the request's nonce; what they load in turn may run. @see https://www.w3.org/TR/CSP3/ */
export const contentSecurityPolicy = ({ nonce, development }: Choices): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self'${development ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data:",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Addresses that hold a code, a state or a one-time token. */
const secretive =
  /^\/(|oauth(\/.*)?|connexion\/entreprise|api\/auth\/callback\/.*|(invitation|mot-de-passe|premier-demarrage|adresse)\/.*)$/

/** What every answer carries, whatever it is. */
export const securityHeaders = (path: string, choices: Choices): Record<string, string> => ({
  'content-security-policy': contentSecurityPolicy(choices),
  'referrer-policy': secretive.test(path) ? 'no-referrer' : 'same-origin',
  'x-content-type-options': 'nosniff',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  ...(secretive.test(path) ? { 'cache-control': 'no-store' } : {}),
  ...(choices.https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
})
