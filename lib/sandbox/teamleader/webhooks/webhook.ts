/** Of one integration in one account: an address and what it wants to hear of. It has no id and no secret. */
export type Webhook = {
  clientId: string
  accountId: string
  url: string
  types: string[]
  delivered: number
  failed: number
}

/** What happened, as a webhook tells it: nothing of the record but its id. */
export type WebhookEvent = { type: string; subject: { type: string; id: string } }
