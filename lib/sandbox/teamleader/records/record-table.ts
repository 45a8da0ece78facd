import type { Clock } from '#lib/sandbox/clock.ts'
import { Random, recordId, shuffle } from '../generator/random.ts'
import type { Fields, RecordKind, SortField, Version } from '../generator/record-kind.ts'
import { type SeedOptions, seededVersions } from '../generator/seeded-versions.ts'
import { type OrderedRows, orderedRows } from './ordered-rows.ts'
import { fieldOrders, indexOrder } from './sort-fields.ts'

export type Verb = 'added' | 'updated' | 'deleted' | 'linkedToCompany' | 'unlinkedFromCompany'

type Write = { at: number; id: string; version: Version | null }

/** The records of one list of one account: what is true, which `.info` reads, and what lists show, perhaps later. */
export type RecordTable = ReturnType<typeof recordTable>

export function recordTable(
  kind: RecordKind,
  accountSeed: number,
  clock: Clock,
  emit: (verb: Verb, id: string) => void,
) {
  let seed = accountSeed
  let truth = new Map<string, Version>()
  /** What lists still show in the place of the truth; null where they show nothing. */
  let shown = new Map<string, Version | null>()
  let numbers = 0
  let generation = 0
  let pending: Write[] = []
  const indexes = new Map<SortField, OrderedRows>()
  const orders = fieldOrders(kind, () => seed)
  const second = (): number => Math.floor(clock.now() / 1000)

  const write = (id: string, version: Version | null, verb: Verb): void => {
    if (!shown.has(id)) shown.set(id, truth.get(id) ?? null)
    if (version) truth.set(id, version)
    else truth.delete(id)
    pending.push({ at: clock.now(), id, version })
    emit(verb, id)
  }

  /** Lets lists see what was written at least `lagMs` ago. */
  const settle = (lagMs: number): void => {
    const until = clock.now() - lagMs
    const due = pending.filter(({ at }) => at <= until)
    if (due.length === 0) return
    pending = pending.filter(({ at }) => at > until)
    const waiting = new Set(pending.map(({ id }) => id))
    const [gone, come]: [Version[], Version[]] = [[], []]
    for (const [id, version] of new Map(due.map((one) => [one.id, one.version]))) {
      const before = shown.get(id)
      if (before) gone.push(before)
      if (version) come.push(version)
      if (waiting.has(id)) shown.set(id, version)
      else shown.delete(id)
    }
    for (const index of indexes.values()) index.replace(gone, come)
    generation += 1
  }

  function* listed(): Generator<Version> {
    for (const version of truth.values()) if (!shown.has(version.id)) yield version
    for (const version of shown.values()) if (version) yield version
  }

  const index = (field: SortField): OrderedRows => {
    const found = indexes.get(field) ?? orderedRows(listed(), indexOrder(orders, field))
    indexes.set(field, found)
    return found
  }

  const table = {
    kind,
    orders,
    seed: () => seed,
    /** How many there really are. */
    size: (): number => truth.size,
    /** Grows with every change that lists show. */
    generation: (): number => generation,
    settle,
    /** What lists show, in an order of theirs. */
    inOrder: (field: SortField): readonly Version[] => index(field).rows(),
    listedById: (id: string): Version | undefined => (shown.has(id) ? (shown.get(id) ?? undefined) : truth.get(id)),
    find: (id: string): Version | undefined => truth.get(id),
    living: (): Iterable<Version> => truth.values(),

    /** Begins again with `count` records, the same for the same seed. */
    reseed: (count: number, options: SeedOptions & { seed?: number } = {}): void => {
      seed = options.seed ?? accountSeed
      truth = new Map()
      for (const version of seededVersions(kind, seed, count, options)) truth.set(version.id, version)
      shown = new Map()
      numbers = count
      pending = []
      indexes.clear()
      generation += 1
    },

    /** Adds `count` records in this second. @returns their ids */
    add: (count = 1, changes: Fields | null = null): string[] =>
      Array.from({ length: count }, () => {
        const number = numbers
        numbers += 1
        const [id, at] = [recordId(seed, kind.salt, number), second()]
        write(id, { id, number, addedAt: at, updatedAt: at, changes, companyIds: null }, 'added')
        return id
      }),

    /**
     * Changes records in this second. Without `changes` each gets one field of another record.
     * `touch: false` leaves `updated_at` as it was, as the provider may do for tags or links.
     */
    edit: (ids: Iterable<string>, changes: Fields | Random, { touch = true } = {}): void => {
      for (const id of ids) {
        const version = truth.get(id)
        if (!version) continue
        const said = changes instanceof Random ? borrowed(changes) : changes
        const updatedAt = touch ? Math.max(second(), version.updatedAt) : version.updatedAt
        write(id, { ...version, updatedAt, changes: { ...version.changes, ...said } }, 'updated')
      }
    },

    /** Says anew where a contact works. Whether the provider counts that as a change of the contact is not known. */
    link: (id: string, companyIds: string[], { touch = false } = {}): void => {
      const version = truth.get(id)
      if (!version) return
      const updatedAt = touch ? Math.max(second(), version.updatedAt) : version.updatedAt
      write(
        id,
        { ...version, updatedAt, companyIds },
        companyIds.length > 0 ? 'linkedToCompany' : 'unlinkedFromCompany',
      )
    },

    remove: (ids: Iterable<string>): void => {
      for (const id of ids) if (truth.has(id)) write(id, null, 'deleted')
    },

    /** Ids of `count` different living records. */
    draw: (count: number, random: Random): string[] => {
      if (count * 4 > truth.size) return shuffle([...truth.keys()], random).slice(0, count)
      const rows = index('added_at').rows()
      const drawn = new Set<string>()
      for (let tries = 0; drawn.size < count && tries < count * 100 && rows.length > 0; tries += 1) {
        const { id } = random.pick(rows)
        if (truth.has(id)) drawn.add(id)
      }
      return [...drawn]
    },
  }

  const borrowed = (random: Random): Fields => {
    const field = random.pick(kind.editable)
    return { [field]: kind.make(seed, 1_000_000_000 + random.below(1_000_000)).fields[field] }
  }
  return table
}
