import type { Attempt } from '../domain/delivery.ts'

/** A message under an id that stays the same over all attempts. */
export interface WebhookMessage {
  id: string
  /** When this attempt is made. */
  at: Date
  body: string
}

/** Whoever Pro+ named to hear of its customers' connections. */
export interface WebhookReceiver {
  /** Signs and posts. Never throws for what the receiver does. */
  post(message: WebhookMessage): Promise<Attempt>
}
