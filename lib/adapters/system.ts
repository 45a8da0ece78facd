import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Clock, Random } from '#lib/ports.ts'

export const systemClock: Clock = { now: () => new Date() }

export const systemRandom: Random = {
  uuid: () => randomUUID(),
  secret: () => randomBytes(32).toString('base64url'),
  dice: () => Math.random(),
  hash: (text) => createHash('sha256').update(text).digest('hex'),
}
