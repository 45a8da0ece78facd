import { listWebhooks, registerWebhook, unregisterWebhook, webhookTypes } from '../webhooks/webhooks.ts'
import { ApiRefusal } from './api-error.ts'
import type { ApiCall } from './reads.ts'

export const webhookCalls = {
  'webhooks.list': ({ state, clientId, user }: ApiCall) => listWebhooks(state, clientId, user),
  'webhooks.register': ({ state, clientId, user, query }: ApiCall) => {
    const { url, types } = readWebhook(query)
    registerWebhook(state, clientId, user, requireHttps(url), types)
  },
  'webhooks.unregister': ({ state, clientId, user, query }: ApiCall) => {
    const { url, types } = readWebhook(query)
    unregisterWebhook(state, clientId, user, url, types)
  },
}

function readWebhook({ url, types }: ApiCall['query']): { url: string; types: string[] } {
  if (typeof url !== 'string' || !URL.canParse(url)) throw new ApiRefusal(400, 'url must be a valid url', 'url')
  if (!Array.isArray(types) || types.length === 0) throw new ApiRefusal(400, 'types must not be empty', 'types')
  const stray = types.find((type) => !webhookTypes.includes(type))
  if (stray !== undefined) throw new ApiRefusal(400, `${stray} is not a known type`, 'types')
  return { url, types }
}

/** Only this machine may be reached in clear. */
function requireHttps(url: string): string {
  const { protocol, hostname } = new URL(url)
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback)) return url
  throw new ApiRefusal(400, 'url must use https', 'url')
}
