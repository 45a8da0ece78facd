import type { Account } from '../teamleader/integration.ts'
import { jeanBaptiste, marie } from '../teamleader/seeds.ts'

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

export const seededV1Keys = [atelierKeys, vandenbroeckKeys]
