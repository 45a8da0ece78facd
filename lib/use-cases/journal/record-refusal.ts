import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { tenantOf, type User } from '#lib/domain/accounts/user.ts'
import type { KeyRefusal } from '#lib/domain/api-keys/api-key.ts'
import { hourMs } from '#lib/domain/duration.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { type Actor, actorOf, type JournalEntry, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** As many keys and users as this process remembers. */
const mostNames = 10_000

interface RefusedKey {
  refusal: KeyRefusal
  /** Null for one that no key of ours begins with. */
  key: { prefix: string; tenantId: TenantId | null } | null
  ip: string | null
}

interface RefusedRequest {
  code: 'foreign_origin' | 'body_too_large' | 'requests_throttled' | 'mails_throttled'
  actor: Actor
  tenantId?: TenantId | null
  /** Of the key that it came with. */
  prefix?: string
}

/**
 * Each refusal in the log; in the journal one row an hour for each key or user, over all processes, since whoever is
 * refused can go on trying.
 */
export const recordRefusal = ({ store, clock, log }: Pick<Deps, 'store' | 'clock' | 'log'>) => {
  /** Until when this process need not ask the database again. */
  const journaledUntil = new Map<string, number>()

  const appendOnceAnHour = async (name: string, entry: Omit<JournalEntry, 'at' | 'connectionId'>) => {
    const now = clock.now()
    if (now.getTime() < (journaledUntil.get(name) ?? 0)) return
    if (journaledUntil.size >= mostNames) journaledUntil.clear()
    journaledUntil.set(name, now.getTime() + hourMs)
    const bucket = `refusal:${name}`
    const waitMs = await store.rateLimit.take(bucket, 1, hourMs, now)
    if (waitMs !== null) {
      journaledUntil.set(name, now.getTime() + waitMs)
      return
    }
    await store.journal.append(journalEntry({ ...entry, at: now })).catch(async (error: unknown) => {
      await store.rateLimit.giveBack([bucket])
      throw error
    })
  }

  /** The refusal stands, whether it can be journaled or not. */
  const journal = (name: string, entry: Omit<JournalEntry, 'at' | 'connectionId'>) =>
    appendOnceAnHour(name, entry).catch(() => {
      journaledUntil.delete(name)
      log.warn('a refusal was not journaled')
    })

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

    /** Any other request, which whoever refused it has told the log. All those of visitors share a row. */
    request: ({ code, actor, tenantId = null, prefix }: RefusedRequest): Promise<void> => {
      const who = actor.kind === 'user' ? actor.userId : (prefix ?? 'unknown')
      const detail = prefix === undefined ? {} : { prefix }
      return journal(`request ${code} ${who}`, { tenantId, actor, event: 'access.refused', outcome: code, detail })
    },
  }
}

export type RecordRefusal = ReturnType<typeof recordRefusal>
