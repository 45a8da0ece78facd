import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { Tone } from '#lib/domain/connections/connection-view.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { listIds } from '#lib/domain/sync/list.ts'
import { headlineOf, headlineTones, type ListHeadline } from '#lib/domain/sync/list-view.ts'
import type { ListStatus } from '#lib/domain/sync/sync-run.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import { requireAdmin } from '#lib/server/auth/session.ts'
import type { listOperations } from '#lib/server/forms/sync.ts'

export interface ShownList extends ListStatus {
  provider: ProviderId
  headline: ListHeadline
  tone: Tone
  operations: readonly (typeof listOperations)[number][]
}

const operationsFor = ({ stopped, held }: ListStatus): ShownList['operations'] => {
  if (held && !stopped) return ['keep', 'delete']
  return stopped ? ['request'] : ['request', 'stop']
}

/** The copies of the admin's own tenant. */
export const readSync = async (): Promise<{ lists: ShownList[]; now: Date }> => {
  const admin = await requireAdmin()
  const { store, clock } = await container()
  const now = clock.now()
  const working = async (provider: ProviderId) => {
    const tokenSet = await store.tokens.read(admin.tenantId, provider, now)
    if (!tokenSet?.enabled || tokenSet.restoredAt !== null) return false
    return tokenSet.status.state === 'connected' || tokenSet.status.state === 'degraded'
  }
  const found = await store.sync.status(admin.tenantId)
  const providers = [...new Set(found.map(({ list }) => syncedLists[list].provider))]
  const works = new Map(await Promise.all(providers.map(async (id) => [id, await working(id)] as const)))
  const lists = listIds.flatMap((id) => found.filter(({ list }) => list === id))
  return {
    lists: lists.map((status) => {
      const { provider } = syncedLists[status.list]
      const headline = headlineOf(status, works.get(provider) ?? false, now)
      return { ...status, provider, headline, tone: headlineTones[headline], operations: operationsFor(status) }
    }),
    now,
  }
}
