import { z } from 'zod'
import { listIds } from '#lib/domain/sync/list.ts'

/** What the page offers to do with the copy of a list. */
export const listOperations = ['request', 'stop', 'delete', 'keep'] as const

const changed = { error: 'edited_elsewhere' }

export const listOperationForm = z.object({
  list: z.enum(listIds, changed),
  operation: z.enum(listOperations, changed),
})
