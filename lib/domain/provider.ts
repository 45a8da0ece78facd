export const providerIds = ['teamleader'] as const

/** A third party that a tenant can connect; each has its own file under `lib/adapters`. */
export type ProviderId = (typeof providerIds)[number]
