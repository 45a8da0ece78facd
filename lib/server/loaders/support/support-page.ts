import 'server-only'
import { container } from '#lib/composition/container.ts'
import { type ConsoleView, failedWithinMs, lateAfterMs } from '#lib/domain/support/console-view.ts'
import { prefixesOf } from '#lib/domain/support/search-words.ts'
import { requireSupport } from '#lib/server/auth/session.ts'
import { type Params, readQuery, type SupportQuery } from './support-query.ts'

export type SupportPage = Awaited<ReturnType<typeof readSupportPage>>
export type SupportRow = SupportPage['page']['rows'][number]

/** What holds neither a letter nor a digit finds nobody: no word begins like this. */
const unfindable = ['-']

/** The connections that an address shows, in its order. */
export const viewOf = (query: SupportQuery, now: Date): ConsoleView => {
  const prefixes = prefixesOf(query.typed)
  return {
    ...{ urgency: query.urgency, archived: query.archived, provider: query.provider, sort: query.sort },
    prefixes: query.typed !== '' && prefixes.length === 0 ? unfindable : prefixes,
    copy: query.copy && { status: query.copy, lateBefore: new Date(now.getTime() - lateAfterMs) },
    failedSince: query.failed ? new Date(now.getTime() - failedWithinMs) : null,
  }
}

/** Support's list as its address asks for it, and the numbers above it. */
export const readSupportPage = async (params: Params) => {
  await requireSupport()
  const { listConnections, countConnections, inspectConnection, eraseTenant, store, clock } = await container()
  const query: SupportQuery = readQuery(params)
  const now = clock.now()
  const [page, counted, restored, erasing] = await Promise.all([
    listConnections(viewOf(query, now), query.cursor),
    countConnections(),
    store.restores.countRestored(),
    eraseTenant.progress(),
  ])
  const row = page.rows.find(({ place }) => place.id === query.open)
  const opened = row ? await inspectConnection.find(row.tenant.id, row.provider) : null
  return { query, page, opened, counted, restored, erasing, now }
}

/** How many need help, for the title of the tab. */
export const countInNeed = async (): Promise<number> => {
  await requireSupport()
  const { countConnections } = await container()
  return (await countConnections()).inNeed
}
