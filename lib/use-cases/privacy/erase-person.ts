import type { ListedUser } from '#lib/domain/accounts/listed-user.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { type Admin, foldEmail, type Role, type SupportUser, tenantOf } from '#lib/domain/accounts/user.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type Actor, actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** One of our users, as whoever asks knows them. */
export interface Person {
  id: string
  email: string
  role: Role
  tenantId: TenantId | null
}

/** A larger database file is written anew by the operator's command alone: nobody else writes meanwhile. */
const scrubbedMostBytes = 128 * 1024 * 1024

/** Forgets people; what stays is that somebody did it, when, and the ids. */
export const erasePerson = ({ store, clock, random, log }: Deps) => {
  /** By which the limits of guessing and of mails know somebody. */
  const bucketsOf = ({ id, email }: Pick<Person, 'id' | 'email'>) => [id, random.hash(email)]

  /** @returns whether nothing is left in the free space of a database file */
  const scrub = async ({ kind }: Actor): Promise<boolean> => {
    const clean = await store.personalData.scrub(kind === 'operator' ? null : scrubbedMostBytes)
    if (!clean) log.warn('what was erased may still lie in free space of the database file', { advice: 'VACUUM' })
    return clean
  }

  /**
   * @returns whether nothing is left in the free space of a database file either
   * @throws Failure `last_admin`, `last_supporter`, `user_changed` when there is no such user
   */
  const eraseUser = async (person: Person, actor: Actor): Promise<boolean> => {
    const { id: userId, tenantId, email, role } = person
    const entry = journalEntry({ at: clock.now(), tenantId, actor, event: 'user.erased', detail: { userId, role } })
    if (!(await store.personalData.eraseUser({ userId, tenantId, email, buckets: bucketsOf(person) }, entry))) {
      const known = await store.accounts.findSignIn(email)
      if (known?.user.id !== userId) throw new Failure('user_changed')
      throw new Failure(tenantId === null ? 'last_supporter' : 'last_admin')
    }
    return scrub(actor)
  }

  return {
    bucketsOf,
    scrub,

    /** By the address that somebody typed. */
    find: async (typed: string): Promise<Person | null> => {
      const found = await store.accounts.findSignIn(foldEmail(typed))
      if (!found) return null
      const { id, email, role } = found.user
      return { id, email, role, tenantId: tenantOf(found.user) }
    },

    user: eraseUser,

    /**
     * A colleague, or somebody of support's own, whose access was taken away before: what cannot be undone takes two steps.
     *
     * @throws Failure `user_changed` for whoever is not deactivated
     */
    deactivated: async (by: Admin | SupportUser, user: ListedUser): Promise<void> => {
      if (user.state !== 'deactivated') throw new Failure('user_changed')
      await eraseUser({ ...user, tenantId: tenantOf(by) }, actorOf(by))
    },
  }
}

export type ErasePerson = ReturnType<typeof erasePerson>
