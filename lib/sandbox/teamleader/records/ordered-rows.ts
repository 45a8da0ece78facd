import type { Version } from '../generator/record-kind.ts'

export type Order = (a: Version, b: Version) => number

/** Versions kept in one order, so that a page is read without sorting. The order is total: `number` decides last. */
export type OrderedRows = {
  rows(): readonly Version[]
  replace(gone: readonly Version[], come: readonly Version[]): void
}

/** Above this many changes at once, sorting all again is cheaper than moving each. */
const manyChanges = 200

/** @returns the place of the first row of which `isPast` holds; it holds of all that follow. */
export function firstPlace(rows: readonly Version[], isPast: (row: Version) => boolean): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isPast(rows[middle] as Version)) high = middle
    else low = middle + 1
  }
  return low
}

export function orderedRows(versions: Iterable<Version>, order: Order): OrderedRows {
  let rows = [...versions].sort(order)
  const placeOf = (version: Version): number => firstPlace(rows, (row) => order(row, version) >= 0)
  return {
    rows: () => rows,
    replace: (gone, come) => {
      if (gone.length + come.length > manyChanges) {
        const lost = new Set(gone)
        rows = [...rows.filter((row) => !lost.has(row)), ...come.toSorted(order)].sort(order)
        return
      }
      for (const version of gone) rows.splice(placeOf(version), 1)
      for (const version of come) rows.splice(placeOf(version), 0, version)
    },
  }
}
