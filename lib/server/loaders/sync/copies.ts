import 'server-only'
import { cache } from 'react'
import { container } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Tone } from '#lib/domain/connections/connection-view.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { listIds } from '#lib/domain/sync/list.ts'
import type { ListStatus } from '#lib/domain/sync/sync-run.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import {
  type Access,
  foremost,
  freshnessOf,
  headlineOf,
  headlineTones,
  type ListHeadline,
} from '#lib/domain/sync/view/list-view.ts'
import { type Pace, type Progress, paceOf } from '#lib/domain/sync/view/progress.ts'
import { requireMember } from '#lib/server/auth/session.ts'

export interface ShownList extends ListStatus {
  headline: ListHeadline
  tone: Tone
}

/** What is copied of one provider. */
export interface ShownCopy {
  provider: ProviderId
  lists: ShownList[]
  headline: ListHeadline
  tone: Tone
  completeAt: Date | null
  provenAt: Date | null
  /** When something is read next; null where nothing is planned. */
  dueAt: Date | null
  pace: (Pace & Progress) | null
}

/** Whether what is copied of a provider can be read now, and why not. */
export const accessOf = async (tenantId: TenantId, provider: ProviderId, now: Date): Promise<Access> => {
  const { store } = await container()
  const tokenSet = await store.tokens.read(tenantId, provider, now)
  if (!tokenSet) return 'disconnected'
  const { state } = tokenSet.status
  if (!tokenSet.enabled || tokenSet.restoredAt !== null) return 'paused'
  if (state === 'reconnect_required' || state === 'misconfigured') return state
  return state === 'connected' || state === 'degraded' ? 'works' : 'disconnected'
}

const copyOf = (provider: ProviderId, found: readonly ListStatus[], access: Access, now: Date): ShownCopy => {
  const lists = found.map((status): ShownList => {
    const headline = headlineOf(status, access)
    return { ...status, headline, tone: headlineTones[headline] }
  })
  const headline = foremost(lists.map((list) => list.headline))
  const due = lists.flatMap(({ dueAt, stopped }) => (dueAt && !stopped ? [dueAt.getTime()] : []))
  return {
    provider,
    lists,
    headline,
    tone: headlineTones[headline],
    ...freshnessOf(lists),
    dueAt: access === 'works' && due.length > 0 ? new Date(Math.min(...due)) : null,
    pace: paceOf(lists, now),
  }
}

/** What is copied of a tenant's providers, in the order in which it is shown; read once a request. */
export const readCopies = cache(async (tenantId: TenantId): Promise<{ copies: ShownCopy[]; now: Date }> => {
  const { store, clock } = await container()
  const now = clock.now()
  const found = await store.sync.status(tenantId)
  const lists = listIds.flatMap((id) => found.filter(({ list }) => list === id))
  const providers = [...new Set(lists.map(({ list }) => syncedLists[list].provider))]
  const copies = await Promise.all(
    providers.map(async (provider) => {
      const own = lists.filter(({ list }) => syncedLists[list].provider === provider)
      return copyOf(provider, own, await accessOf(tenantId, provider, now), now)
    }),
  )
  return { copies, now }
})

/** The copy of one provider of the reader's own tenant; null while there is none. */
export const readCopy = async (provider: ProviderId): Promise<{ copy: ShownCopy; now: Date } | null> => {
  const { tenantId } = await requireMember()
  const { copies, now } = await readCopies(tenantId)
  const copy = copies.find((other) => other.provider === provider)
  return copy ? { copy, now } : null
}
