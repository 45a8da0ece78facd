import 'server-only'
import { container } from '#lib/composition/container.ts'
import { type ProviderId, providerIds } from '#lib/domain/connections/provider.ts'
import type { Outage } from '#lib/domain/tokens/circuit-breaker.ts'

/** Which providers fail for everybody right now: one banner each instead of a thousand broken tenants. */
export const readOutages = async (): Promise<(Outage & { provider: ProviderId })[]> => {
  const { store } = await container()
  const found = await Promise.all(
    providerIds.map(async (provider) => {
      const outage = await store.outages.find(provider)
      return outage && { ...outage, provider }
    }),
  )
  return found.filter((outage) => outage !== null)
}
