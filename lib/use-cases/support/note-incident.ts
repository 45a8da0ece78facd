import type { SupportUser } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { checkNote, normalizeNote } from '#lib/domain/support/note.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { SeenNote } from '#lib/ports/notifications.ts'

/** What support keeps in mind about an incident: one note, which a newer one replaces. The journal says that, and no word of it. */
export const noteIncident =
  ({ store, clock }: Pick<Deps, 'store' | 'clock'>) =>
  /**
   * @param typed null removes the note
   * @throws Failure `note_malformed`, `note_changed` when the page showed another one
   */
  async (support: SupportUser, seen: SeenNote, typed: string | null): Promise<void> => {
    const [problem] = typed === null ? [] : checkNote(typed)
    if (problem) throw new Failure(problem)
    const note = typed === null ? null : { text: normalizeNote(typed), by: support.id }
    const entry = journalEntry({
      at: clock.now(),
      tenantId: seen.tenantId,
      actor: actorOf(support),
      event: note ? 'incident.noted' : 'incident.note_removed',
      detail: { incident: seen.incidentId },
    })
    if (!(await store.incidents.note(seen, note, entry))) throw new Failure('note_changed')
  }
