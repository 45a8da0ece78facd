import 'server-only'
import type { Outage } from '#lib/domain/outage.ts'
import { container } from './container.ts'

/** Whether Teamleader fails for everybody right now: one banner instead of a thousand broken tenants. */
export const readOutage = async (): Promise<Outage | null> => {
  const { store } = await container()
  return store.outages.find('teamleader')
}
