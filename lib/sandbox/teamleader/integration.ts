/** An integration as its owner entered it in the Marketplace; `redirectUris` are matched character by character. */
export type Integration = {
  name: string
  clientId: string
  clientSecret: string
  redirectUris: string[]
  scopes: string[]
  /** Only an administrator of the account may authorize it. */
  adminOnly?: boolean
}

export type Account = { id: string; number: number; name: string; companies: number; contacts: number }

/** `permissions` bound what the user may read at all; `hiddenProperties` are left out of what is read. */
export type User = {
  id: string
  number: number
  account: Account
  firstName: string
  lastName: string
  email: string
  password: string
  language: string
  function: string | null
  permissions: string[]
  hiddenProperties: string[]
}

/** Names what one user's consent ties together, for scripts and for the rate limit: client and account. */
export const connectionOf = (clientId: string, user: User): string => `${clientId}:${user.account.id}`
