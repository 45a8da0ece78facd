import { z } from 'zod'
import { erasableLists } from '#lib/domain/privacy/erasable-list.ts'

const list = z.enum(erasableLists, { error: 'edited_elsewhere' })

/** A record as the provider calls it. */
export const eraseForm = z.object({ list, id: z.string().min(1, { error: 'record_unknown' }).max(200) })

export const liftForm = z.object({
  list,
  recordId: z.string().trim().min(1, { error: 'record_not_erased' }).max(200, { error: 'record_not_erased' }),
})
