import type { ListId } from '../sync/list.ts'

/** Lists whose records tell of persons: each record can be erased for good. */
export const erasableLists = ['contacts', 'companies', 'dossiers'] as const satisfies readonly ListId[]

export type ErasableList = (typeof erasableLists)[number]
