import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { Broken } from '#lib/ports/notifications.ts'
import { requireMember } from '#lib/server/auth/session.ts'

export interface Attention {
  broken: Broken[]
  /** Lists that wait for an answer about a mass deletion. */
  held: number
  /** Whether the reader can mend it. */
  mayMend: boolean
  now: Date
}

/** The connections of the reader's own tenant and copies that wait for a person: two indexed queries for every page. */
export const readAttention = async (): Promise<Attention> => {
  const member = await requireMember()
  const { store, clock } = await container()
  const [broken, held] = await Promise.all([
    store.incidents.listBroken(member.tenantId),
    store.sync.countHeld(member.tenantId),
  ])
  return { broken, held, mayMend: member.role === 'admin', now: clock.now() }
}
