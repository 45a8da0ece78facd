import { dayMs, hourMs } from '#lib/domain/duration.ts'
import type { ProviderId } from '../connections/provider.ts'

/** « Depuis hier »: failed authorizations are counted over this time. */
export const failedWithinMs = dayMs

/** Copies that are not proven complete, and those that were not read to their end for longer than any list waits. */
export const copyStatuses = ['incomplete', 'late'] as const
export type CopyStatus = (typeof copyStatuses)[number]
export const lateAfterMs = 3 * hourMs

/** How connections stand, those needing attention first: the place here is the number the database computes. */
export const urgencies = [
  'reconnect_required',
  'misconfigured',
  'degraded',
  'awaiting_authorization',
  'connected',
  'paused',
  'unconfigured',
] as const

export type Urgency = (typeof urgencies)[number]

export const rankOf = (urgency: Urgency): number => urgencies.indexOf(urgency)

/** Ranks up to this one wait for help. */
export const lastInNeed: Urgency = 'degraded'

export interface ConsoleSort {
  by: 'urgency' | 'name'
  descending: boolean
}

/** Which connections support looks at, and in which order. */
export interface ConsoleView {
  /** Beginnings of words that must all be found. */
  prefixes: readonly string[]
  urgency: Urgency | null
  provider: ProviderId | null
  /** Only tenants with an authorization that failed since then. */
  failedSince: Date | null
  /** Only tenants with a copy of a list that stands so; late is one that was last read before then. */
  copy?: { status: CopyStatus; lateBefore: Date } | null
  /** Only connections of archived tenants, which are sorted by name; none of them otherwise. */
  archived?: boolean
  sort: ConsoleSort
}

/** Where a connection stands in any of the orders. */
export interface ConsolePlace {
  rank: number
  since: Date
  sortName: string
  id: string
}

/** A place in the list, and which way to go on from there. */
export interface ConsoleCursor {
  place: ConsolePlace
  backward: boolean
}

const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0)

const orders: Record<ConsoleSort['by'], (a: ConsolePlace, b: ConsolePlace) => number> = {
  urgency: (a, b) => a.rank - b.rank || a.since.getTime() - b.since.getTime() || compare(a.id, b.id),
  name: (a, b) => compare(a.sortName, b.sortName) || compare(a.id, b.id),
}

/** What comes after the cursor, the nearest first. */
export const sortPlaces = <P extends ConsolePlace>(
  places: readonly P[],
  { by, descending }: ConsoleSort,
  cursor: ConsoleCursor | null,
): P[] => {
  const reversed = descending !== (cursor?.backward ?? false)
  const order = (a: ConsolePlace, b: ConsolePlace) => (reversed ? orders[by](b, a) : orders[by](a, b))
  return places.filter((place) => cursor === null || order(place, cursor.place) > 0).sort(order)
}
