import { randomBytes } from 'node:crypto'
import type { State } from '../state.ts'
import type { Integration, User } from '../teamleader/integration.ts'
import type { Listing } from './seeded-listings.ts'

export type Owned = { integration: Integration; listing: Listing }

export const listOwned = (state: State, { email }: User): Owned[] =>
  [...state.integrations.values()].flatMap((integration) => {
    const listing = state.listings.get(integration.clientId)
    return listing?.owner === email ? [{ integration, listing }] : []
  })

/** The accounts whose consent to an integration still holds, by name. */
export const listAccounts = (state: State, clientId: string): string[] => {
  const live = [...state.refreshTokens.values()].filter(
    ({ grant, spentAt }) => grant.client.clientId === clientId && !grant.revoked && spentAt === null,
  )
  return [...new Set(live.map(({ grant }) => grant.user.account.name))].sort()
}

export const findOwned = (state: State, user: User, clientId: string): Owned | undefined =>
  listOwned(state, user).find(({ integration }) => integration.clientId === clientId)

/** Works at once, as far as it can: without redirect URIs and scopes, which the next page asks for. */
export function createOwned(state: State, { email }: User, name: string, categories: string[]): string {
  const clientId = randomBytes(16).toString('hex')
  const clientSecret = randomBytes(16).toString('hex')
  state.integrations.set(clientId, { name, clientId, clientSecret, redirectUris: [], scopes: [] })
  const texts = { shortDescription: '', longDescription: '' }
  state.listings.set(clientId, { owner: email, categories, ...texts, submitted: false })
  return clientId
}

/** Grants given before keep what they were given; the next consent is asked for what is saved here. */
export function saveOwned(state: State, { integration, listing }: Owned): void {
  state.integrations.set(integration.clientId, integration)
  state.listings.set(integration.clientId, listing)
}
