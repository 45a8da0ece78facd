const isSecure = (publicUrl: string) => publicUrl.startsWith('https:')

/**
 * On https a browser takes a cookie of this name from this host alone, and only over TLS; `__Host-` wants the path `/`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1 and RFC 6265bis, 4.1.3 (cookie name prefixes)
 */
export const cookieName = (name: string, path: string, publicUrl: string): string =>
  isSecure(publicUrl) ? `${path === '/' ? '__Host-' : '__Secure-'}${name}` : name

/** What every cookie of ours shares. */
export const cookieAttributes = (path: string, sameSite: 'lax' | 'strict', publicUrl: string) =>
  ({ httpOnly: true, secure: isSecure(publicUrl), sameSite, path }) as const

/** Of what the session is kept in, without its prefix. */
export const sessionName = 'porte-cles-session'
