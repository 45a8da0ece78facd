import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { Broken } from '#lib/ports/notifications.ts'
import { requireMember } from '#lib/server/auth/session.ts'

export interface Attention {
  broken: Broken[]
  /** Whether the reader can mend it. */
  mayMend: boolean
  now: Date
}

/** The connections of the reader's own tenant that wait for a person: one indexed query for every page. */
export const readAttention = async (): Promise<Attention> => {
  const member = await requireMember()
  const { store, clock } = await container()
  const broken = await store.incidents.listBroken(member.tenantId)
  return { broken, mayMend: member.role === 'admin', now: clock.now() }
}
