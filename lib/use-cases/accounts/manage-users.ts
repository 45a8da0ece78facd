import {
  isDone,
  type ListedUser,
  type SeenUser,
  takesDecider,
  type UserChange,
} from '#lib/domain/accounts/listed-user.ts'
import { type Admin, type SupportUser, tenantOf } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import type { Deps } from '#lib/ports/deps.ts'

const events: Record<UserChange['kind'], JournalEvent> = {
  change_role: 'user.role_changed',
  deactivate: 'user.deactivated',
  reactivate: 'user.reactivated',
}

type Decider = Admin | SupportUser

/** An admin decides what the others of the tenant may do, and support among its own people. */
export const manageUsers = ({ store, clock }: Deps) => {
  /** Why nothing was changed, as things stand now. */
  const refusalReason = async (by: Decider, userId: string, seen: SeenUser, change: UserChange) => {
    const active = (await store.tenantUsers.list(tenantOf(by))).filter(({ state }) => state === 'active')
    const admins = active.filter(({ role }) => role === by.role)
    if (!admins.some(({ id }) => id === by.id)) return 'session_ended'
    const last = admins.length === 1 && admins[0]?.id === userId
    if (!last || !takesDecider(change, seen)) return 'user_changed'
    return by.role === 'support' ? 'last_supporter' : 'last_admin'
  }

  return {
    /** The users of the tenant, by name, and who is invited. */
    list: (by: Decider) => store.tenantUsers.list(tenantOf(by)),

    /** Null for whoever is not of the tenant. */
    find: (by: Decider, userId: string) => store.tenantUsers.find(tenantOf(by), userId),

    /**
     * Changes a user as the page showed them; what is so already is left alone. Their sessions end with it, and their
     * links are dead.
     *
     * @throws Failure `last_admin`, `last_supporter`, `user_changed`, `session_ended`
     */
    change: async (admin: Decider, user: ListedUser, seen: SeenUser, change: UserChange): Promise<void> => {
      if (isDone(change, user)) return
      const tenantId = tenantOf(admin)
      const role = change.kind === 'change_role' ? change.role : user.role
      const changed = await store.tenantUsers.change(
        { tenantId, userId: user.id, by: admin.id, seen, change },
        journalEntry({
          at: clock.now(),
          tenantId,
          actor: actorOf(admin),
          event: events[change.kind],
          detail: { userId: user.id, role },
        }),
      )
      if (!changed) throw new Failure(await refusalReason(admin, user.id, seen, change))
    },
  }
}
