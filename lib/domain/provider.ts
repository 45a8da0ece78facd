export const providerIds = ['teamleader'] as const

/** A third party that a tenant can connect; each has its own file under `lib/adapters`. */
export type ProviderId = (typeof providerIds)[number]

/** How a provider's tokens live. */
export interface ProviderRhythm {
  /** An access token is renewed at the latest this long before its end, sooner by a fifth of a short life. */
  marginMs: number
}
