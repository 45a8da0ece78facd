/** A host that names this machine alone, without the brackets of an IPv6 address in a URL. */
export const isLoopbackHost = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(host)
