import type { Admin } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import type { ErasableList } from '#lib/domain/privacy/erasable-list.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ErasedIds } from './erased-ids.ts'

/** A page is stored every few hundred milliseconds: what a person asked finds its place between two. */
const mostTries = 10

/** A person, company or dossier that a tenant's admin erases, and that no reading brings back. */
export const eraseRecord = ({ store, clock }: Deps, erasedIds: ErasedIds) => {
  const entryOf = (admin: Admin, list: ErasableList, event: JournalEvent) =>
    journalEntry({ at: clock.now(), tenantId: admin.tenantId, actor: actorOf(admin), event, detail: { list } })

  return {
    /** How many stay erased of each list, and since when. */
    list: ({ tenantId }: Admin) => store.erasedIds.list(tenantId),

    /**
     * Nothing of the record is left but a tombstone with its id. What is erased already stays so.
     *
     * @param providerId what the provider calls it
     * @throws Failure `record_unknown` for one that is not in the copy; `edited_elsewhere`
     */
    erase: async (admin: Admin, list: ErasableList, providerId: string): Promise<void> => {
      const { tenantId } = admin
      const [known] = await store.sync.known(tenantId, list, [providerId])
      if (!known || known.deleted) {
        if ((await erasedIds.among(tenantId, list, [providerId])).size > 0) return
        throw new Failure('record_unknown')
      }
      const idHash = await erasedIds.hashOf(tenantId, providerId)
      for (let tries = 0; tries < mostTries; tries += 1) {
        const found = await store.sync.find(tenantId, list)
        if (!found) throw new Failure('record_unknown')
        const entry = entryOf(admin, list, 'record.erased')
        if (await store.erasedIds.erase({ tenantId, list, idHash, providerId }, found, entry)) return
      }
      throw new Failure('edited_elsewhere')
    },

    /**
     * Lets a record be copied again, by the id that somebody typed: which it is, is known by its hash alone.
     *
     * @throws Failure `record_not_erased`
     */
    lift: async (admin: Admin, list: ErasableList, typed: string): Promise<void> => {
      const { tenantId } = admin
      const providerId = typed.trim()
      const idHash = (await erasedIds.among(tenantId, list, [providerId])).get(providerId)
      const id = idHash !== undefined && { tenantId, list, idHash, providerId }
      if (id && (await store.erasedIds.lift(id, entryOf(admin, list, 'record.erasure_lifted')))) return
      throw new Failure('record_not_erased')
    },
  }
}
