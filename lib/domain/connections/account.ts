/** Whose account a token set opens, as `users.me` tells it. */
export interface Account {
  id: string
  name: string
  email: string
}

export type Identity =
  | { kind: 'read'; account: Account }
  /** 403 or 404: it can never be read, because a scope or a right is missing. */
  | { kind: 'refused' }
  /** 401: the token itself is no longer accepted. */
  | { kind: 'token_refused' }
  /** Worth asking again. */
  | { kind: 'passing' }
