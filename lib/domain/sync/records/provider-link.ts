const teamleader = /(^|\.)teamleader\.eu$/

/**
 * Where a record is opened at its provider, if the address that came with it can be trusted to lead there: https to
 * Teamleader's own hosts, or to the origin that the provider is configured at.
 */
export const providerLink = (address: unknown, configuredUrl: string): string | null => {
  if (typeof address !== 'string' || !URL.canParse(address)) return null
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return null
  const own = url.protocol === 'https:' && url.port === '' && teamleader.test(url.hostname)
  return own || url.origin === new URL(configuredUrl).origin ? url.href : null
}
