import type { Deps, SealContext, Vault } from '#lib/ports/deps.ts'
import { StartupError } from './env.ts'

const context: SealContext = { purpose: 'key_probe' }
const plaintext = 'porte-cles'

const refuse = (keyId: string, why: string) =>
  new StartupError(`Key ${keyId} ${why}: this database holds secrets sealed with it. Put the right key back.`)

const check = async (vault: Vault, { id, sealedProbe }: { id: string; sealedProbe: string }) => {
  if (!vault.keyIds.includes(id)) throw refuse(id, 'is missing from ENCRYPTION_KEYS')
  if ((await vault.open(sealedProbe, context)) !== plaintext) throw refuse(id, 'in ENCRYPTION_KEYS is not the one used')
}

/**
 * Every key that ever sealed something here must be at hand and be the right one; a key met for the first time leaves
 * its probe.
 *
 * @throws RefusedBoot naming the key
 */
export const verifyKeys = async ({ store, vault, clock }: Pick<Deps, 'store' | 'vault' | 'clock'>): Promise<void> => {
  const known = await store.vaultKeys.list()
  for (const probe of known) await check(vault, probe)
  const fresh = vault.keyIds.filter((keyId) => !known.some(({ id }) => id === keyId))
  for (const id of fresh)
    await store.vaultKeys.add({ id, sealedProbe: await vault.seal(plaintext, context, id), at: clock.now() })
  // another process may have met the same id with another key a moment before
  if (fresh.length > 0) for (const probe of await store.vaultKeys.list()) await check(vault, probe)
}
