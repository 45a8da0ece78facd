/** Whose account a token set opens, as `users.me` tells it. */
export interface Account {
  id: string
  name: string
  email: string
}

export type Identity =
  | { kind: 'read'; account: Account }
  /** 403 or 404: it will never be told, for want of a scope or a right. */
  | { kind: 'refused' }
  /** 401: the token itself is no longer accepted. */
  | { kind: 'token_refused' }
  /** Worth asking again. */
  | { kind: 'passing' }
