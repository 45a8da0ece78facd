import { createHmac, hash, randomBytes, randomUUID } from 'node:crypto'
import type { Clock, Random } from '#lib/ports/deps.ts'

export const systemClock: Clock = { now: () => new Date() }

export const systemRandom: Random = {
  uuid: () => randomUUID(),
  secret: () => randomBytes(32).toString('base64url'),
  jitter: () => Math.random(),
  hash: (text) => hash('sha256', text),
  hmac: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
}
