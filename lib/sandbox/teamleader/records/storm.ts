import { Random } from '../generator/random.ts'

/** What a storm does to a list; `draw` names living records. */
export type Changeable = {
  add(count: number): unknown
  edit(ids: string[], random: Random): void
  remove(ids: string[]): void
  draw(count: number, random: Random): string[]
}

/** What happens to a list while it is read; the same for the same seed and the same calls. */
export type StormOptions = {
  seed?: number
  /** Up to so many changes before a list is read, and after. */
  before?: number
  after?: number
  /** How often a change is an edit, an addition or a deletion. */
  mix?: { edit: number; add: number; delete: number }
  /** How likely a call sees an import of 1 to 100 rows in one second. */
  imports?: number
  /** It ends after so many calls. */
  calls?: number
}

export type Storm = { before(): void; after(): void; isOver(): boolean }

const usual = { edit: 6, add: 2, delete: 2 }

export function storm(table: Changeable, options: StormOptions): Storm {
  const { seed = 1, before = 2, after = 2, mix = usual, imports = 0.02, calls = Number.POSITIVE_INFINITY } = options
  const random = new Random(seed)
  let left = calls
  const blow = (most: number): void => {
    for (let count = random.below(most + 1); count > 0; count -= 1) change(table, mix, random)
    if (random.chance(imports)) table.add(1 + random.below(100))
  }
  return {
    before: () => blow(before),
    after: () => {
      blow(after)
      left -= 1
    },
    isOver: () => left <= 0,
  }
}

function change(table: Changeable, { edit, add, delete: remove }: typeof usual, random: Random): void {
  const drawn = random.next() * (edit + add + remove)
  if (drawn < edit) table.edit(table.draw(1, random), random)
  else if (drawn < edit + add) table.add(1)
  else table.remove(table.draw(1, random))
}
