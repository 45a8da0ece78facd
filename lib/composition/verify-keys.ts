import { Failure } from '#lib/domain/failure.ts'
import type { Deps, Vault } from '#lib/ports/deps.ts'
import type { SealContext } from '#lib/ports/operations.ts'
import { StartupError } from './env.ts'

const context: SealContext = { purpose: 'key_probe' }
const plaintext = 'porte-cles'

const opens = async (vault: Vault, sealedProbe: string) => (await vault.open(sealedProbe, context)) === plaintext

/** What is wrong with the key of a probe, if anything. */
const faultOf = async (vault: Vault, { id, sealedProbe }: { id: string; sealedProbe: string }) => {
  if (!vault.keyIds.includes(id)) return 'is missing from ENCRYPTION_KEYS'
  return (await opens(vault, sealedProbe)) ? null : 'in ENCRYPTION_KEYS is not the one used'
}

/**
 * Every key with which something is sealed here must be at hand and be the right one. Looks, and changes nothing.
 *
 * @throws RefusedBoot naming the key
 */
export const verifyKeys = async ({ store, vault }: Pick<Deps, 'store' | 'vault'>): Promise<void> => {
  for (const probe of await store.vaultKeys.list()) {
    const fault = await faultOf(vault, probe)
    // a key with which nothing is sealed (any more) is nobody's loss
    if (fault && (await store.sealedValues.count(probe.id)) > 0)
      throw new StartupError(
        `Key ${probe.id} ${fault}: this database holds secrets sealed with it. Put the right key back.`,
      )
  }
}

/**
 * The same vault, which leaves a key's probe in the database before the key first seals something there: a key is known
 * by what it sealed. What stands in a cookie leaves none.
 */
export const probingVault = (inner: Vault, { store, clock }: Pick<Deps, 'store' | 'clock'>): Vault => {
  const probed = new Map<string, Promise<boolean>>()

  const leaveProbe = async (id: string): Promise<boolean> => {
    await store.vaultKeys.add({ id, sealedProbe: await inner.seal(plaintext, context, id), at: clock.now() })
    const probe = (await store.vaultKeys.list()).find((one) => one.id === id)
    return probe !== undefined && opens(inner, probe.sealedProbe)
  }

  /** @returns false when another key of this id sealed something here */
  const probe = async (id: string): Promise<boolean> =>
    // a probe of another key, with which nothing is sealed, makes room
    (await leaveProbe(id)) || ((await store.vaultKeys.forget(id)) && (await leaveProbe(id)))

  const requireProbe = async (id: string) => {
    const asked = probed.get(id) ?? probe(id)
    probed.set(id, asked)
    try {
      if (!(await asked)) throw new Failure('storage_unavailable', { keyId: id })
    } catch (error) {
      probed.delete(id)
      // the database does not answer: what is sealed now may be a token that nobody else has, and is stored later
      if (!(error instanceof Failure) || error.evidence.keyId === id) throw error
    }
  }

  return {
    ...inner,
    seal: async (text, at, keyId = inner.currentKeyId) => {
      if ('row' in at) await requireProbe(keyId)
      return inner.seal(text, at, keyId)
    },
  }
}
