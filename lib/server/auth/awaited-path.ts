import type { Awaited } from '#lib/domain/accounts/session.ts'

const paths: Record<Awaited, string> = {
  second_factor: '/connexion/second-facteur',
  enrolment: '/mon-compte/second-facteur',
}

/**
 * Where somebody is sent whose session does not open anything yet.
 *
 * @param deepLink the page of ours that they had asked for
 */
export const awaitedPath = (awaited: Awaited, deepLink: string | null): string =>
  deepLink === null ? paths[awaited] : `${paths[awaited]}?${new URLSearchParams({ next: deepLink })}`
