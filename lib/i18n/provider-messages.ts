import type { ProviderId } from '#lib/domain/connections/provider.ts'
import fr from './fr.json'

/** Who is spoken of: a provider, or Teamleader through the integration that Pro+ has there. */
export type Wording = ProviderId | 'teamleader-shared'

/** Under which name words of its own are kept, where the common ones do not fit. */
export const ownMessages = {
  teamleader: null,
  'teamleader-shared': 'sharedClient',
  'teamleader-v1': 'v1',
  teo: 'teo',
} as const satisfies Record<Wording, keyof typeof fr | null>

const holds = (tree: unknown, [first = '', ...rest]: readonly string[]): boolean => {
  if (typeof tree !== 'object' || tree === null || !Object.hasOwn(tree, first)) return false
  return rest.length === 0 || holds((tree as Record<string, unknown>)[first], rest)
}

/**
 * Where the words for `key` stand when a provider is spoken of: `failures.invalid_client.cause` is
 * `teo.failures.invalid_client.cause` for téo. French sets the keys of every language; a provider's own words take the
 * arguments of the common ones, so the key keeps its type.
 */
export const messageKey = <const Key extends string>(wording: Wording, key: Key): Key => {
  const own = ownMessages[wording]
  return (own !== null && holds(fr[own], key.split('.')) ? `${own}.${key}` : key) as Key
}
