import 'server-only'
import { container } from '#lib/composition/container.ts'
import { requireSupport } from '#lib/server/auth/session.ts'

/** More than a year of bad days. */
export const mostOutages = 100

/** When providers failed for everybody, the newest first. */
export const readOutageHistory = async () => {
  await requireSupport()
  const { store, clock } = await container()
  return { outages: await store.outages.listHistory(mostOutages), now: clock.now() }
}
