import type { Deps } from '#lib/ports/deps.ts'
import type { MarkFile, Restored } from '#lib/ports/operations.ts'

const later = (a: Date | null, b: Date | null) => (a !== null && (b === null || a > b) ? a : b)

/**
 * Finds out that the database went back in time: its mark, raised after stored token sets, is behind the one that lies
 * beside the keys, or that this process has seen. Its refresh tokens may be spent, so its connections are quarantined.
 */
export const detectOlderDatabase = ({ store, clock, log }: Deps, file: MarkFile | null) => {
  /** The highest mark that is known here; undefined before the first check, and until then nothing is raised. */
  let seen: Date | null | undefined
  let stored = false
  let raising: Promise<void> | null = null

  /** A mark beside the keys that stays behind, as on a full disk, is no reason to stop: the next token set raises it. */
  const writeFile = async (at: Date): Promise<void> => {
    await file?.write(at).catch(() => log.warn('the mark beside the keys was not written'))
  }

  const quarantine = async (at: Date | null, known: Date): Promise<number> => {
    const now = clock.now()
    const restoredAt = at ?? (await store.restores.findNewest()) ?? now
    const count = await store.restores.quarantine({ restoredAt, behind: known, now })
    seen = known
    if (count === null) return 0
    log.warn('the database is older than it was: its connections wait for a decision', {
      advice: 'Decide on /support, « Tout reprendre », or let each customer decide on « Clé de sécurité ».',
    })
    return count
  }

  /** @returns how many connections are quarantined, when the database went back */
  const check = async (): Promise<number> => {
    const known = seen === undefined ? ((await file?.read()) ?? null) : seen
    const at = await store.restores.findMark()
    if (known !== null && (at === null || at < known)) return quarantine(at, known)
    seen = later(at, known)
    if (seen && (known === null || seen > known)) await writeFile(seen)
    return 0
  }

  const raise = async () => {
    const now = clock.now()
    const from = seen ?? null
    const to = from !== null && from >= now ? new Date(from.getTime() + 1) : now
    // another process raised it further, or the database went back
    if (!(await store.restores.raiseMark(from, to))) return check()
    seen = to
    await writeFile(to)
  }

  const raiseAll = async () => {
    while (stored) {
      stored = false
      await raise().catch(() => log.warn('the mark of the database was not raised'))
    }
    raising = null
  }

  /** A token set was stored. Many at once raise the mark once. */
  const noteStored = (): void => {
    if (seen === undefined) return
    stored = true
    raising ??= raiseAll()
  }

  /** Resolves when the mark is raised for all that was noted. */
  const settle = async (): Promise<void> => {
    await raising
  }

  /** The operator says that the database came from a backup. */
  const quarantineAll = async (): Promise<Restored> => {
    const now = clock.now()
    await store.restores.quarantine({ restoredAt: (await store.restores.findNewest()) ?? now, behind: null, now })
    return store.restores.countRestored()
  }

  /** Whether the mark beside the keys is ahead of the database; changes nothing. */
  const isBehind = async (): Promise<boolean> => {
    const [known, at] = [(await file?.read()) ?? null, await store.restores.findMark()]
    return known !== null && (at === null || at < known)
  }

  return { check, noteStored, settle, quarantineAll, isBehind }
}

export type DetectOlderDatabase = ReturnType<typeof detectOlderDatabase>
