import 'server-only'
import type { ListId } from '#lib/domain/sync/list.ts'
import { requireSupport, requireTenant } from '#lib/server/auth/session.ts'
import { readCopies, type ShownList } from '../sync/copies.ts'

/** How the copy of a list stands, as support sees it: numbers and states, never a record. */
export type SeenCopy = Pick<
  ShownList,
  'list' | 'headline' | 'tone' | 'records' | 'completeAt' | 'provenAt' | 'dueAt' | 'failure'
> & {
  /** How many records wait for an answer of the customer's. */
  held: number | null
}

/** The copies of a customer that support names; 404 for one there is not. */
export const readTenantCopies = async (id: string): Promise<SeenCopy[]> => {
  await requireSupport()
  const tenant = await requireTenant(id)
  const { copies } = await readCopies(tenant.id)
  return copies
    .flatMap(({ lists }) => lists)
    .map(
      ({ list, headline, tone, records, completeAt, provenAt, dueAt, failure, held }): SeenCopy & { list: ListId } => ({
        ...{ list, headline, tone, records, completeAt, provenAt, dueAt, failure },
        held: held?.count ?? null,
      }),
    )
}
