import {
  isDone,
  type ListedUser,
  type SeenUser,
  takesDecider,
  type UserChange,
} from '#lib/domain/accounts/listed-user.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, type JournalEvent, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'

const events: Record<UserChange['kind'], JournalEvent> = {
  change_role: 'user.role_changed',
  deactivate: 'user.deactivated',
  reactivate: 'user.reactivated',
}

/** An admin decides what the others of the tenant may do. */
export const manageUsers = ({ store, clock }: Deps) => {
  /** Why nothing was changed, as things stand now. */
  const refusalReason = async ({ tenantId, id }: Admin, userId: string, seen: SeenUser, change: UserChange) => {
    const active = (await store.tenantUsers.list(tenantId)).filter(({ state }) => state === 'active')
    const admins = active.filter(({ role }) => role === 'admin')
    if (!admins.some((admin) => admin.id === id)) return 'session_ended'
    const last = admins.length === 1 && admins[0]?.id === userId
    return last && takesDecider(change, seen) ? 'last_admin' : 'user_changed'
  }

  return {
    /** The users of the admin's tenant, by name. */
    list: ({ tenantId }: Admin) => store.tenantUsers.list(tenantId),

    /** Null for whoever is not of the admin's tenant. */
    find: ({ tenantId }: Admin, userId: string) => store.tenantUsers.find(tenantId, userId),

    /**
     * Changes a user as the page showed them; what is so already is left alone. Their sessions end with it, and their
     * links are dead.
     *
     * @throws Failure `last_admin`, `user_changed`, `session_ended`
     */
    change: async (admin: Admin, user: ListedUser, seen: SeenUser, change: UserChange): Promise<void> => {
      if (isDone(change, user)) return
      const { tenantId } = admin
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
