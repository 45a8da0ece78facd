import { dayMs } from '../duration.ts'
import type { ApiVerb, Scope } from './api-key.ts'

/** Whose tokens, calls and copies a key may open. */
export const openedProviders = ['teamleader', 'teo'] as const

/** What a key may be given on a page, from the least to the most. */
export const grantedVerbs = ['data:read', 'proxy', 'token'] as const satisfies readonly ApiVerb[]

export const tenantScopes: readonly Scope[] = grantedVerbs.flatMap((verb) =>
  openedProviders.map((provider): Scope => `${provider}:${verb}`),
)

export const platformScopes: readonly Scope[] = [...tenantScopes, 'metrics:read']

/** How long a key may last: days, or for good. */
export const keyTerms = ['90', '365', 'never'] as const

export type KeyTerm = (typeof keyTerms)[number]

export const endOf = (term: KeyTerm, now: Date): Date | null =>
  term === 'never' ? null : new Date(now.getTime() + Number(term) * dayMs)
