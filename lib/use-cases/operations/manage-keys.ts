import { Failure } from '#lib/domain/failure.ts'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { SealedValue, StoredContext } from '#lib/ports/operations.ts'

/** A key of the settings, or one that sealed something in the database. */
export interface ListedKey {
  id: string
  /** Whether it seals from now on. */
  current: boolean
  /** `right` also where nothing tells: it never sealed anything here. */
  settings: 'right' | 'other_key' | 'missing'
  /** How many values of the database are sealed with it. */
  values: number
}

/** In this order: first what nobody can type or ask for anew. */
const everyPurpose = {
  refresh_token: true,
  access_token: true,
  client_secret: true,
  parked_code: true,
  code_verifier: true,
  totp_secret: true,
  erasure_key: true,
} satisfies Record<StoredContext['purpose'], true>
const purposes = Object.keys(everyPurpose) as StoredContext['purpose'][]

/** What came of a value: it changed meanwhile, or it could not be opened. */
type Outcome = 'resealed' | 'changed' | 'unopened'

export interface RotationProgress {
  resealed: number
  /** How many were to be sealed again when it began. */
  of: number
}

export type ForgetResult = 'forgotten' | 'current' | 'unknown' | 'in_use'

const batch = 100
/** No key has this id. */
const noKey = ''
/** A process that still seals with another key would keep us busy for good. */
const roundsAtMost = 5

const actor = { kind: 'operator' } as const

/** The keys of the vault: which there are, how all is sealed with the first one, and how an old one is let go. */
export const manageKeys = ({ store, vault, clock }: Pick<Deps, 'store' | 'vault' | 'clock'>) => {
  const settingsOf = async (id: string, sealedProbe: string | undefined): Promise<ListedKey['settings']> => {
    if (!vault.keyIds.includes(id)) return 'missing'
    if (sealedProbe === undefined) return 'right'
    return (await vault.open(sealedProbe, { purpose: 'key_probe' })) === null ? 'other_key' : 'right'
  }

  const reseal = async (value: SealedValue): Promise<Outcome> => {
    const text = await vault.open(value.sealed, value.context).catch((error: unknown) => {
      // sealed with a key that is not here
      if (error instanceof Failure && error.evidence.keyId !== undefined) return null
      throw error
    })
    if (text === null) return 'unopened'
    const replaced = await store.sealedValues.replace(value, await vault.seal(text, value.context))
    return replaced ? 'resealed' : 'changed'
  }

  /** All that is sealed with other keys, once; told after each value. */
  const round = async (onValue: (outcome: Outcome) => void) => {
    for (const purpose of purposes) {
      let after = ''
      for (;;) {
        const values = await store.sealedValues.listOthers(purpose, vault.currentKeyId, after, batch)
        for (const value of values) onValue(await reseal(value))
        const last = values.at(-1)
        if (!last) break
        after = last.context.row
      }
    }
  }

  return {
    /** The keys of the settings in their order, then others that the database knows. Changes nothing. */
    list: async (): Promise<{ keys: ListedKey[]; unknown: number }> => {
      const probes = new Map((await store.vaultKeys.list()).map(({ id, sealedProbe }) => [id, sealedProbe]))
      const keys: ListedKey[] = []
      for (const id of new Set([...vault.keyIds, ...probes.keys()]))
        keys.push({
          id,
          current: id === vault.currentKeyId,
          settings: await settingsOf(id, probes.get(id)),
          values: await store.sealedValues.count(id),
        })
      const known = keys.reduce((total, { values }) => total + values, 0)
      return { keys, unknown: Math.max(0, (await store.sealedValues.count()) - known) }
    },

    /**
     * Seals everything with the first key, value by value, while the app runs; broken off, it goes on where it was.
     *
     * @returns how many it sealed again, and how many it found that do not open, which stay as they are
     */
    rotate: async (
      onProgress: (progress: RotationProgress) => void,
    ): Promise<{ resealed: number; unopened: number }> => {
      const { sealedValues } = store
      const of = (await sealedValues.count()) - (await sealedValues.count(vault.currentKeyId))
      let [resealed, unopened] = [0, 0]
      for (let rounds = 0; rounds < roundsAtMost; rounds += 1) {
        const before = resealed
        let changed = 0
        unopened = 0
        await round((outcome) => {
          if (outcome === 'unopened') unopened += 1
          if (outcome === 'changed') changed += 1
          if (outcome !== 'resealed') return
          resealed += 1
          onProgress({ resealed, of: Math.max(of, resealed) })
        })
        if (resealed === before && changed === 0) break
      }
      if (resealed > 0)
        await store.journal.append(
          journalEntry({
            ...{ at: clock.now(), tenantId: null, actor, event: 'keys.rotated' },
            detail: { keyId: vault.currentKeyId, values: resealed },
          }),
        )
      return { resealed, unopened }
    },

    /**
     * Opens every sealed value once, and keeps none.
     *
     * @throws Failure `storage_unavailable` with the id of a key that is not at hand
     */
    openAll: async (): Promise<{ opened: number; unopened: number }> => {
      let [opened, unopened] = [0, 0]
      for (const purpose of purposes) {
        for (let after = ''; ; ) {
          const values = await store.sealedValues.listOthers(purpose, noKey, after, batch)
          for (const { sealed, context } of values)
            if ((await vault.open(sealed, context)) === null) unopened += 1
            else opened += 1
          const last = values.at(-1)
          if (!last) break
          after = last.context.row
        }
      }
      return { opened, unopened }
    },

    /** Lets a key go with which nothing is sealed: from then on it may be missing from the settings, or be another one. */
    forget: async (id: string): Promise<ForgetResult> => {
      if (id === vault.currentKeyId) return 'current'
      const entry = journalEntry({
        ...{ at: clock.now(), tenantId: null, actor, event: 'keys.forgotten' },
        detail: { keyId: id },
      })
      if (await store.vaultKeys.forget(id, entry)) return 'forgotten'
      return (await store.sealedValues.count(id)) > 0 ? 'in_use' : 'unknown'
    },
  }
}
