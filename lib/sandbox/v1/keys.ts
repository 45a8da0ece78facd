import type { Account } from '../teamleader/integration.ts'
import { annelies, jeanBaptiste, marie } from '../teamleader/seeds.ts'

/** From Settings › API & Webhooks: the group is the account's number. */
export type V1Keys = { group: string; secret: string; account: Account }

export const atelierKeys: V1Keys = {
  group: String(marie.account.number),
  secret: 'h2Vq8sKx4TzR7mBn1WdJ5yCf9LgP3uAe6XtN0oQi',
  account: marie.account,
}

export const vandenbroeckKeys: V1Keys = {
  group: String(jeanBaptiste.account.number),
  secret: 'Zk3nYw6DcM9rEj0GvS5aTf8HpU2bLx7QiO4gJ1tB',
  account: jeanBaptiste.account,
}

export const claesKeys: V1Keys = {
  group: String(annelies.account.number),
  secret: 'Bv4kN9tXqC2eWm7HsJ0dRz6LyGf1PaU5TiQ8oSxE',
  account: annelies.account,
}

export const seededV1Keys = [atelierKeys, vandenbroeckKeys, claesKeys]
