import type { ProviderId } from '../connections/provider.ts'

/** Where a provider tells us what changed; what follows is a secret of the connection's own. */
const placeOf = (provider: ProviderId) => `/api/webhooks/${provider}/`

/** Whether a provider may be told an address of ours: one that it reaches, and that nobody on the way can read. */
export const mayHaveWebhooks = (webhooks: { local: boolean } | null, publicUrl: string): boolean =>
  webhooks !== null && (publicUrl.startsWith('https:') || webhooks.local)

export const webhookUrl = (publicUrl: string, provider: ProviderId, secret: string) =>
  `${publicUrl}${placeOf(provider)}${secret}`

/** The secret in a registered URL; empty where it is another address of ours, null where it is somebody else's. */
export const secretInUrl = (publicUrl: string, provider: ProviderId, url: string): string | null => {
  if (!url.startsWith(`${publicUrl}/`)) return null
  const path = url.slice(publicUrl.length)
  return path.startsWith(placeOf(provider)) ? path.slice(placeOf(provider).length) : ''
}
