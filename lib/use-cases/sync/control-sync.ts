import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import { startCheck } from '#lib/domain/sync/known-id-check.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { FoundList, Intervention } from '#lib/ports/sync.ts'

/** A page is stored every few hundred milliseconds: what a person asked finds its place between two. */
const mostTries = 10

/** What a tenant's admin decides of the copy of a list. */
export const controlSync = ({ store, clock }: Deps) => {
  const intervene = async (
    admin: Admin,
    list: ListId,
    { event, ...facts }: { event: JournalEvent; decision?: 'delete' | 'keep'; kind?: 'verify' | 'reread' },
    decide: (found: FoundList) => Intervention | null,
  ): Promise<void> => {
    const { tenantId } = admin
    for (let tries = 0; tries < mostTries; tries += 1) {
      const found = await store.sync.find(tenantId, list)
      if (!found) throw new Failure('not_connected')
      const change = decide(found)
      // pressed twice, or in two tabs: what was asked for is so
      if (!change) return
      const now = clock.now()
      const detail = { list, ...facts }
      const entry = journalEntry({ at: now, tenantId, actor: actorOf(admin), event, detail })
      if (await store.sync.intervene({ tenantId, list }, found, change, { now, entry })) return
    }
    throw new Failure('edited_elsewhere')
  }

  const one = {
    /** « Synchroniser maintenant », and « Reprendre » of a list that was stopped. */
    request: (admin: Admin, list: ListId) =>
      intervene(admin, list, { event: 'sync.requested' }, ({ checkpoint }) => ({
        checkpoint: { ...checkpoint, runAt: 0 },
        stopped: null,
        requestedBy: admin.id,
        due: true,
      })),
    /** « Vérifier tout »: every known id, then the count, at full speed; a list that is read whole is its own proof. */
    verify: (admin: Admin, list: ListId) =>
      intervene(admin, list, { event: 'sync.requested', kind: 'verify' }, ({ checkpoint, heldAt }) => {
        const now = clock.now().getTime()
        const check = heldAt ? checkpoint.check : { ...startCheck(true, now), by: admin.id }
        const moving = { check, probe: null, probeAt: now, recount: false }
        return {
          checkpoint: { ...checkpoint, runAt: 0, ...(syncedLists[list].reading === 'moving' && moving) },
          stopped: null,
          requestedBy: admin.id,
          due: true,
        }
      }),
    /** « Tout relire »: from the beginning, every page; then it is counted. */
    reread: (admin: Admin, list: ListId) =>
      intervene(admin, list, { event: 'sync.requested', kind: 'reread' }, ({ checkpoint }) => ({
        checkpoint: {
          ...checkpoint,
          // what was under way is part of it
          ...{ run: null, thorough: true, runAt: 0 },
          ...{ probe: null, probeAt: clock.now().getTime(), recount: false },
        },
        stopped: null,
        requestedBy: admin.id,
        due: true,
      })),
    /** « Arrêter »: holds until somebody asks for a run; a run that was under way goes on from where it was. */
    stop: (admin: Admin, list: ListId) =>
      intervene(admin, list, { event: 'sync.stopped' }, ({ stoppedAt }) =>
        stoppedAt ? null : { stopped: { by: admin.id }, due: false },
      ),
  }

  return {
    ...one,
    /** The same of every list that is copied of a provider. */
    ofProvider: async (admin: Admin, provider: ProviderId, operation: keyof typeof one): Promise<void> => {
      const copied = (await store.sync.status(admin.tenantId)).map(({ list }) => list)
      const lists = copied.filter((list) => syncedLists[list].provider === provider)
      if (lists.length === 0) throw new Failure('not_connected')
      for (const list of lists) await one[operation](admin, list)
    },
    /** The answer to the question about a mass deletion. */
    answer: (admin: Admin, list: ListId, decision: 'delete' | 'keep') =>
      intervene(admin, list, { event: 'sync.deletion_answered', decision }, ({ checkpoint, heldAt }) =>
        heldAt
          ? {
              checkpoint: {
                ...checkpoint,
                // then it is known whether the copy is complete
                ...{ probe: null, probeAt: clock.now().getTime(), recount: false },
                check:
                  decision === 'delete'
                    ? { ...startCheck(true, clock.now().getTime(), 'sampling'), by: admin.id }
                    : null,
              },
              stopped: null,
              answer: decision,
              due: true,
            }
          : null,
      ),
  }
}
