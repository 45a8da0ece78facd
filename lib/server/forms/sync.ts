import { z } from 'zod'
import { providerIds } from '#lib/domain/connections/provider.ts'
import { listIds } from '#lib/domain/sync/list.ts'

/** What a page offers to do with the copy of a provider's lists. */
export const copyOperations = ['request', 'verify', 'reread', 'stop'] as const

export type CopyOperation = (typeof copyOperations)[number]

const changed = { error: 'edited_elsewhere' }

export const copyForm = z.object({
  provider: z.enum(providerIds, changed),
  operation: z.enum(copyOperations, changed),
})

export const answerForm = z.object({
  list: z.enum(listIds, changed),
  answer: z.enum(['delete', 'keep'], changed),
})
