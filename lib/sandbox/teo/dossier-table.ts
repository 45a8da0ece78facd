import type { Clock } from '../clock.ts'
import { type Random, shuffle } from '../teamleader/generator/random.ts'
import { type Storm, type StormOptions, storm } from '../teamleader/records/storm.ts'
import { type Dossier, dateTimeAt, editedDossier, firstNumber, makeDossier } from './dossier.ts'

/** The dossiers of one instance, oldest first; they may change while they are read. See README.md. */
export type DossierTable = ReturnType<typeof dossierTable>

export function dossierTable(teoId: string, count: number, clock: Clock) {
  const first = firstNumber(teoId)
  let made = 0
  let dossiers = new Map<string, Dossier>()
  let current: Storm | undefined

  const make = (): Dossier => {
    const dossier = makeDossier(first + made, made)
    made += 1
    dossiers.set(String(dossier.summary.id), dossier)
    return dossier
  }

  const table = {
    find: (id: string): Dossier | undefined => dossiers.get(id),
    all: (): Dossier[] => [...dossiers.values()],
    size: (): number => dossiers.size,
    /** Begins again with `total` dossiers, always the same. */
    seed: (total: number): void => {
      made = 0
      dossiers = new Map()
      current = undefined
      while (made < total) make()
    },
    /** @returns the ids of the new ones */
    add: (total = 1): string[] =>
      Array.from({ length: total }, () => {
        const { summary } = make()
        summary.createdAt = summary.updatedAt = dateTimeAt(clock.now())
        return String(summary.id)
      }),
    edit: (ids: Iterable<string>, random: Random): void => {
      for (const id of ids) {
        const dossier = dossiers.get(id)
        if (dossier) dossiers.set(id, editedDossier(dossier, random, dateTimeAt(clock.now())))
      }
    },
    remove: (ids: Iterable<string>): void => {
      for (const id of ids) dossiers.delete(id)
    },
    draw: (total: number, random: Random): string[] => shuffle([...dossiers.keys()], random).slice(0, total),
    /** Lets the collection change with every call that reads it, or, with null, no more. */
    storm: (options: StormOptions | null): void => {
      current = options ? storm(table, options) : undefined
    },
    /** What a call reads, while a storm blows around it. */
    read: <T>(work: (rows: Dossier[]) => T): T => {
      const blowing = current
      blowing?.before()
      const result = work(table.all())
      blowing?.after()
      if (blowing?.isOver()) current = undefined
      return result
    },
  }
  table.seed(count)
  return table
}
