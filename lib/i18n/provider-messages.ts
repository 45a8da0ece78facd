import type { ProviderId } from '#lib/domain/connections/provider.ts'
import fr from './fr.json'

/** Under which name a provider keeps words of its own, where the common ones do not fit it. */
export const ownMessages = {
  teamleader: null,
  'teamleader-v1': 'v1',
  teo: 'teo',
} as const satisfies Record<ProviderId, keyof typeof fr | null>

const holds = (tree: unknown, [first = '', ...rest]: readonly string[]): boolean => {
  if (typeof tree !== 'object' || tree === null || !Object.hasOwn(tree, first)) return false
  return rest.length === 0 || holds((tree as Record<string, unknown>)[first], rest)
}

/**
 * Where the words for `key` stand when a provider is spoken of: `failures.invalid_client.cause` is
 * `teo.failures.invalid_client.cause` for téo. French sets the keys of every language; a provider's own words take the
 * arguments of the common ones, so the key keeps its type.
 */
export const messageKey = <const Key extends string>(provider: ProviderId, key: Key): Key => {
  const own = ownMessages[provider]
  return (own !== null && holds(fr[own], key.split('.')) ? `${own}.${key}` : key) as Key
}
