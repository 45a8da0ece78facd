import type { Admin } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, type JournalEvent, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { startCheck } from '#lib/domain/sync/known-id-check.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { FoundList, Intervention } from '#lib/ports/sync.ts'

/** A page is stored every few hundred milliseconds: what a person asked finds its place between two. */
const mostTries = 10

/** What a tenant's admin decides of the copy of a list. */
export const controlSync = ({ store, clock }: Deps) => {
  const intervene = async (
    admin: Admin,
    list: ListId,
    { event, decision }: { event: JournalEvent; decision?: 'delete' | 'keep' },
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
      const detail = { list, ...(decision && { decision }) }
      const entry = journalEntry({ at: now, tenantId, actor: actorOf(admin), event, detail })
      if (await store.sync.intervene({ tenantId, list }, found, change, { now, entry })) return
    }
    throw new Failure('edited_elsewhere')
  }

  return {
    /** « Synchroniser maintenant », and « Reprendre » of a list that was stopped. */
    request: (admin: Admin, list: ListId) =>
      intervene(admin, list, { event: 'sync.requested' }, ({ checkpoint }) => ({
        checkpoint: { ...checkpoint, runAt: 0 },
        stopped: null,
        requestedBy: admin.id,
        due: true,
      })),
    /** « Vérifier tout »: every known id, then the count, at full speed. */
    verify: (admin: Admin, list: ListId) =>
      intervene(admin, list, { event: 'sync.requested' }, ({ checkpoint, heldAt }) => {
        const now = clock.now().getTime()
        const check = heldAt ? checkpoint.check : startCheck(true, now)
        return {
          checkpoint: { ...checkpoint, runAt: 0, check, probe: null, probeAt: now, recount: false },
          stopped: null,
          requestedBy: admin.id,
          due: true,
        }
      }),
    /** « Arrêter »: holds until somebody asks for a run; a run that was under way goes on from where it was. */
    stop: (admin: Admin, list: ListId) =>
      intervene(admin, list, { event: 'sync.stopped' }, ({ stoppedAt }) =>
        stoppedAt ? null : { stopped: { by: admin.id }, due: false },
      ),
    /** The answer to the question about a mass deletion. */
    answer: (admin: Admin, list: ListId, decision: 'delete' | 'keep') =>
      intervene(admin, list, { event: 'sync.deletion_answered', decision }, ({ checkpoint, heldAt }) =>
        heldAt
          ? {
              checkpoint: {
                ...checkpoint,
                // then it is known whether the copy is complete
                ...{ probe: null, probeAt: clock.now().getTime(), recount: false },
                check: decision === 'delete' ? startCheck(true, clock.now().getTime(), 'sampling') : null,
              },
              stopped: null,
              answer: decision,
              due: true,
            }
          : null,
      ),
  }
}
