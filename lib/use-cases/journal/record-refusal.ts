import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { tenantOf, type User } from '#lib/domain/accounts/user.ts'
import type { KeyRefusal } from '#lib/domain/api-keys/api-key.ts'
import { hourMs } from '#lib/domain/duration.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { actorOf, type JournalEntry, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** As many keys and users as are told apart within an hour. */
const mostNames = 10_000

interface RefusedKey {
  refusal: KeyRefusal
  /** Null for one that no key of ours begins with. */
  key: { prefix: string; tenantId: TenantId | null } | null
  ip: string | null
}

/** Each refusal in the log; in the journal one row an hour for each key or user, since whoever is refused can go on trying. */
export const recordRefusal = ({ store, clock, log }: Pick<Deps, 'store' | 'clock' | 'log'>) => {
  const journaledAt = new Map<string, number>()

  const journal = async (name: string, entry: Omit<JournalEntry, 'at' | 'connectionId'>) => {
    const now = clock.now()
    const last = journaledAt.get(name)
    if (last !== undefined && now.getTime() - last < hourMs) return
    if (journaledAt.size >= mostNames) journaledAt.clear()
    journaledAt.set(name, now.getTime())
    // the refusal stands, whether it can be journaled or not
    await store.journal.append(journalEntry({ ...entry, at: now })).catch(() => {
      journaledAt.delete(name)
      log.warn('a refusal was not journaled')
    })
  }

  return {
    /** A program of Pro+ whose key does not let it in. All unknown keys share a row. */
    key: async ({ refusal, key, ip }: RefusedKey): Promise<void> => {
      const tenantId = key?.tenantId ?? null
      log.info('an API key was refused', {
        keyRefusal: refusal,
        ...(key && { keyPrefix: key.prefix }),
        ...(tenantId && { tenantId }),
        ...(ip && { ip }),
      })
      await journal(`key ${key?.prefix ?? 'unknown'}`, {
        tenantId,
        actor: { kind: 'back_end', ip },
        event: 'api_key.refused',
        outcome: 'api_key_refused',
        detail: { error: refusal, ...(key && { prefix: key.prefix }) },
      })
    },

    /** Somebody signed in, who may not see or do this. */
    user: async (user: User, failure: FailureCode): Promise<void> => {
      log.info('a user was refused', { failure, userId: user.id, ...(user.ip && { ip: user.ip }) })
      await journal(`user ${user.id} ${failure}`, {
        tenantId: tenantOf(user),
        actor: actorOf(user),
        event: 'access.refused',
        outcome: failure,
        detail: {},
      })
    },

    /** A sign-in beyond the limit; all accounts that are not there share a row. */
    signIn: async (user: User | null, ip: string | null): Promise<void> => {
      const failure = 'too_many_attempts'
      log.info('a sign-in was refused', { failure, ...(user && { userId: user.id }), ...(ip && { ip }) })
      await journal(`sign-in ${user?.id ?? 'unknown'}`, {
        tenantId: user && tenantOf(user),
        actor: { kind: 'visitor', ip },
        event: 'session.refused',
        outcome: failure,
        detail: user ? { userId: user.id } : {},
      })
    },
  }
}

export type RecordRefusal = ReturnType<typeof recordRefusal>
