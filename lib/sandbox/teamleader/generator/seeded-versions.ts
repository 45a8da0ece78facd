import { secondsOf } from './dates.ts'
import { Random, recordId } from './random.ts'
import type { RecordKind, Version } from './record-kind.ts'

const first = secondsOf('2016-02-04T16:44:33+00:00')
const last = secondsOf('2025-12-31T22:00:00+00:00')

export type SeedOptions = {
  /** The most rows that one import wrote in one second; 1 spreads all dates. */
  burst?: number
  /** So many of the first rows have no `updated_at`. */
  undated?: number
}

/** Half of the rows came one by one, half by imports of 2 to `burst` rows a second, which most often stayed as they came. */
export function* seededVersions(
  { salt }: RecordKind,
  seed: number,
  count: number,
  { burst = 100, undated = 0 }: SeedOptions,
): Generator<Version> {
  const random = new Random(seed, salt, 7)
  // a fifth less than the even share: chance seldom piles rows up at the end
  const spacing = Math.max(1, Math.floor(((last - first) * 0.8) / Math.max(1, count)))
  const imported = burst > 1 ? 2 / burst : 0
  let addedAt = first
  for (let number = 0; number < count; ) {
    const rows = number > 0 && random.chance(imported) ? 2 + random.below(burst - 1) : 1
    const later = (): number => addedAt + random.below(last - addedAt + 1)
    const together = rows === 1 || random.chance(0.7) ? addedAt : later()
    for (let row = 0; row < rows && number < count; row += 1, number += 1) {
      const alone = rows === 1 || random.chance(0.05)
      const updatedAt = number < undated ? 0 : alone ? later() : together
      yield { id: recordId(seed, salt, number), number, addedAt, updatedAt, changes: null, companyIds: null }
    }
    addedAt = Math.min(last, addedAt + 1 + random.below(2 * spacing * rows - 1))
  }
}
