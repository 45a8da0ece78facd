import { z } from 'zod'

/** Where events are posted, and the key they are signed with. */
export interface WebhookSettings {
  url: string
  secret: string
}

const isUrl = (text: string) => {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.hash
}

/** As Standard Webhooks writes it: 24 to 64 random bytes. */
const isSecret = (text: string) => {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(text) ?? []
  if (base64 === undefined || base64.length % 4 !== 0) return false
  const { length } = Buffer.from(base64, 'base64')
  return length >= 24 && length <= 64
}

export const webhookSettings = {
  ALERT_WEBHOOK_URL: z.string().refine(isUrl, 'must be an http or https URL').optional(),
  ALERT_WEBHOOK_SECRET: z.string().refine(isSecret, 'must be whsec_ and the base64 of 24 to 64 bytes').optional(),
}

interface Set {
  ALERT_WEBHOOK_URL?: string | undefined
  ALERT_WEBHOOK_SECRET?: string | undefined
}

/** @returns null when nobody is to be told; `problems` takes what is wrong with the two together. */
export const readWebhook = (set: Set, problems: string[]): WebhookSettings | null => {
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret } = set
  if (url && secret) return { url, secret }
  if (url || secret) problems.push('ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET must be set together.')
  return null
}
