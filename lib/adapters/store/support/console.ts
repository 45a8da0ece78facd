import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import {
  type ConsoleCursor,
  type ConsoleView,
  rankOf,
  sortPlaces,
  urgencies,
} from '#lib/domain/support/console-view.ts'
import type { ConsoleRow, ConsoleStore } from '#lib/ports/support.ts'
import { statusOf } from '../connections/connection-rows.ts'
import { inLists } from '../connections/in-lists.ts'
import type { Database } from '../engine/database.ts'
import { askable } from './askable.ts'
import { consoleCounts } from './console-counts.ts'
import { beyond, type Order } from './keyset.ts'
import { searchIndex } from './search-words.ts'
import { tenantSearch } from './tenant-search.ts'

export const consoleStore = (db: Database): ConsoleStore => {
  const { connections, tenants, tokenSets } = db.tables
  const search = tenantSearch(db)

  const shown = ({ archived }: ConsoleView) =>
    archived ? and(isNull(connections.supersededAt), isNotNull(connections.archivedAt)) : inLists(db)
  const of = (provider: ConsoleView['provider']) => (provider === null ? undefined : eq(connections.provider, provider))

  /** The ids on from the cursor, walked along the one index that has them in this order. */
  const walk = async (view: ConsoleView, cursor: ConsoleCursor | null, limit: number) => {
    const { urgency, provider, sort, archived } = view
    const rank = urgency === null ? null : rankOf(urgency)
    const place = cursor?.place
    const ranked = { column: connections.urgency, value: rank ?? place?.rank }
    const order: Order = [
      ...((sort.by === 'urgency' || rank !== null) && !archived ? [ranked] : []),
      sort.by === 'urgency'
        ? { column: connections.since, value: place?.since }
        : { column: connections.sortName, value: place?.sortName },
      { column: connections.id, value: place?.id },
    ]
    const forward = sort.descending === (cursor?.backward ?? false)
    // an equality beside the cursor would tempt SQLite to skip through an index that lacks the order
    const end = cursor === null ? eq : forward ? lte : gte
    const rows = await db.q
      .select({ id: connections.id })
      .from(connections)
      .where(
        and(
          shown(view),
          of(provider),
          rank === null ? undefined : end(connections.urgency, rank),
          cursor === null ? undefined : beyond(order, forward),
        ),
      )
      .orderBy(...order.map(({ column }) => (forward ? asc(column) : desc(column))))
      .limit(limit)
    return rows.map(({ id }) => id)
  }

  /** The ids on from the cursor, of some tenants. */
  const pick = async (view: ConsoleView, cursor: ConsoleCursor | null, limit: number, tenantIds: string[]) => {
    const { id, urgency: rank, since, sortName, tenantId } = connections
    const places = await db.q
      .select({ id, rank, since, sortName })
      .from(connections)
      .where(and(db.among(tenantId, tenantIds), shown(view), of(view.provider)))
    // by the database it could be looked up first, and most connections stand alike
    const wanted = places.filter((place) => view.urgency === null || place.rank === rankOf(view.urgency))
    return sortPlaces(wanted, view.sort, cursor)
      .slice(0, limit)
      .map((place) => place.id)
  }

  const read = async (ids: readonly string[]): Promise<ConsoleRow[]> => {
    if (ids.length === 0) return []
    const rows = await db.q
      .select({ row: connections, tenant: tenants, dueAt: tokenSets.refreshDueAt })
      .from(connections)
      .innerJoin(tenants, eq(tenants.id, connections.tenantId))
      .leftJoin(tokenSets, eq(tokenSets.id, connections.tokenSetId))
      .where(and(inArray(connections.id, [...ids]), isNull(connections.supersededAt)))
    return rows
      .sort((a, b) => ids.indexOf(a.row.id) - ids.indexOf(b.row.id))
      .map(({ row, tenant, dueAt }) => ({
        tenant: { id: tenant.id, name: tenant.name, ref: tenant.ref },
        archivedAt: row.archivedAt,
        provider: row.provider,
        urgency: urgencies[row.urgency] ?? 'unconfigured',
        status: statusOf(row),
        restoredAt: row.restoredAt,
        nextAttemptAt: row.enabled && !row.restoredAt ? (row.nextAttemptAt ?? dueAt) : null,
        place: { rank: row.urgency, since: row.since, sortName: row.sortName, id: row.id },
      }))
  }

  return {
    ...consoleCounts(db),
    ...searchIndex(db),
    read,
    askable: askable(db),
    list: async (view, cursor, limit) => {
      const matched = await search.match(view)
      const ids = matched ? await pick(view, cursor, limit, matched.owners) : await walk(view, cursor, limit)
      const rows = await read(cursor?.backward ? ids.reverse() : ids)
      return { rows, partial: matched?.partial ?? false }
    },
  }
}
