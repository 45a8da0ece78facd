import type { RecordKind, SortField, Version } from '../generator/record-kind.ts'
import type { Order } from './ordered-rows.ts'

/** Compares by one field alone. Names are made once and remembered with their version. */
export function fieldOrders(kind: RecordKind, seed: () => number): Record<SortField, Order> {
  const known = new WeakMap<Version, string>()
  const nameOf = (version: Version): string => {
    const found = known.get(version)
    if (found !== undefined) return found
    const name = kind.sortName({ ...kind.names(seed(), version.number), ...version.changes })
    known.set(version, name)
    return name
  }
  return {
    added_at: (a, b) => a.addedAt - b.addedAt,
    updated_at: (a, b) => a.updatedAt - b.updatedAt,
    name: (a, b) => {
      const [left, right] = [nameOf(a), nameOf(b)]
      if (left === right) return 0
      return left < right ? -1 : 1
    },
  }
}

/** The order of an index: rows equal in its field come by `added_at`, and at last as they were made. */
export const indexOrder =
  (orders: Record<SortField, Order>, field: SortField): Order =>
  (a, b) =>
    orders[field](a, b) || a.addedAt - b.addedAt || a.number - b.number
