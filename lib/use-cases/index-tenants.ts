import type { Deps } from '#lib/ports.ts'

const atOnce = 200

/** Makes every tenant findable: those of an older version, or restored from its backup, are completed a few at a time. */
export const indexTenants = ({ store }: Deps) => ({
  catchUp: async (): Promise<void> => {
    while ((await store.console.indexTenants(atOnce)) === atOnce);
  },
})
