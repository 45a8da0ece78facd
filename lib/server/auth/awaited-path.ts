import type { Awaited } from '#lib/domain/accounts/session.ts'

/** Where somebody is sent whose session does not open anything yet. */
export const awaitedPath = (awaited: Awaited): string =>
  awaited === 'second_factor' ? '/connexion/second-facteur' : '/mon-compte/second-facteur'
