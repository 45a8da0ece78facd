import type { User } from '../integration.ts'

/** `users.me`: the account's id, never its name. */
export const describeUser = (user: User): object => ({
  id: user.id,
  account: { type: 'account', id: user.account.id },
  first_name: user.firstName,
  last_name: user.lastName,
  email: user.email,
  email_verification_status: 'confirmed',
  telephones: [],
  language: user.language,
  function: user.function,
  time_zone: 'Europe/Brussels',
  preferences: { invoiceable: true, historic_time_tracking_limit: null, whitelabeling: true },
  teams: [],
})
