import type { State } from '#lib/sandbox/state.ts'
import type { User } from '../integration.ts'
import type { Webhook } from './webhook.ts'

const verbs = ['added', 'updated', 'deleted']

export const webhookTypes = [
  ...verbs.map((verb) => `company.${verb}`),
  ...verbs.map((verb) => `contact.${verb}`),
  ...['linkedToCompany', 'unlinkedFromCompany', 'updatedLinkToCompany'].map((verb) => `contact.${verb}`),
  'account.deactivated',
  'account.deleted',
]

const find = ({ webhooks }: State, clientId: string, { account }: User): Webhook[] =>
  webhooks.filter((webhook) => webhook.clientId === clientId && webhook.accountId === account.id)

/** Ordered by address. */
export const listWebhooks = (state: State, clientId: string, user: User): object[] =>
  find(state, clientId, user)
    .map(({ url, types }) => ({ url, types }))
    .sort((a, b) => (a.url < b.url ? -1 : 1))

/** A known address gets the new types beside its own. */
export function registerWebhook(state: State, clientId: string, user: User, url: string, types: string[]): void {
  const known = find(state, clientId, user).find((webhook) => webhook.url === url)
  if (known) known.types = [...new Set([...known.types, ...types])]
  else state.webhooks.push({ clientId, accountId: user.account.id, url, types, delivered: 0, failed: 0 })
}

/** Without any type left the webhook is gone. */
export function unregisterWebhook(state: State, clientId: string, user: User, url: string, types: string[]): void {
  for (const webhook of find(state, clientId, user)) {
    if (webhook.url === url) webhook.types = webhook.types.filter((type) => !types.includes(type))
  }
  state.webhooks = state.webhooks.filter((webhook) => webhook.types.length > 0)
}
