import type { Deps } from '#lib/ports.ts'

const atOnce = 200

/** Makes every tenant findable: those of an older version, or restored from its backup, are completed a few at a time. */
export const completeTenants = ({ store }: Deps) => {
  /** @returns how many were completed: call again while there are. */
  const completeSome = (): Promise<number> => store.console.completeTenants(atOnce)
  return completeSome
}
