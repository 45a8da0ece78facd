import type { Admin } from '#lib/domain/accounts/user.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { ErasableList } from '#lib/domain/privacy/erasable-list.ts'
import type { Deps } from '#lib/ports/deps.ts'

/**
 * All that is copied of one person, company or dossier, for whom it is about; journaled before it leaves.
 *
 * @param n the number of the record in its list
 * @returns one JSON object; null for one that is not in the copy of the admin's tenant
 */
export const exportRecord =
  ({ store, clock }: Pick<Deps, 'store' | 'clock'>) =>
  async (admin: Admin, list: ErasableList, n: number): Promise<string | null> => {
    const { tenantId } = admin
    const record = await store.records.find({ tenantId, list }, n)
    if (!record) return null
    const at = clock.now()
    const entry = { at, tenantId, actor: actorOf(admin), event: 'record.exported', detail: { list } } as const
    await store.journal.append(journalEntry(entry))
    return `${JSON.stringify({ exported_at: at, kind: list, id: record.id, data: record.body }, null, 2)}\n`
  }
