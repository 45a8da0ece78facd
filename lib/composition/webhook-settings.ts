import { z } from 'zod'

/** Where events are posted, and the keys they are signed with: two while the receiver changes from one to the other. */
export interface WebhookSettings {
  url: string
  secrets: readonly string[]
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

const secretsOf = (text: string) => text.split(',').map((part) => part.trim())

const areSecrets = (text: string) => {
  const secrets = secretsOf(text)
  return secrets.length <= 2 && secrets.every(isSecret)
}

export const webhookSettings = {
  ALERT_WEBHOOK_URL: z.string().refine(isUrl, 'must be an http or https URL').optional(),
  ALERT_WEBHOOK_SECRET: z
    .string()
    .refine(areSecrets, 'must be whsec_ and the base64 of 24 to 64 bytes, or two of them separated by a comma')
    .optional(),
}

interface Set {
  ALERT_WEBHOOK_URL?: string | undefined
  ALERT_WEBHOOK_SECRET?: string | undefined
}

/** @returns null when nobody is to be told; `problems` takes what is wrong with the two together. */
export const readWebhook = (set: Set, problems: string[]): WebhookSettings | null => {
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secrets } = set
  if (url && secrets) return { url, secrets: secretsOf(secrets) }
  if (url || secrets) problems.push('ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET must be set together.')
  return null
}
