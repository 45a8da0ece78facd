import 'server-only'
import { container } from './container.ts'

export interface Invitation {
  email: string
  name: string
  /** Null for support staff. */
  tenantName: string | null
}

/** Whom a live invitation is for; null when it was used, replaced, is too old or never was. Changes nothing. */
export const readInvitation = async (token: string): Promise<Invitation | null> => {
  const { acceptInvitation } = await container()
  const user = await acceptInvitation.read(token)
  return user && { email: user.email, name: user.name, tenantName: user.tenantName }
}

/** Whether a first-run link is live: only while no support user exists. Changes nothing. */
export const readFirstRun = async (token: string): Promise<boolean> => {
  const { startFirstRun } = await container()
  return startFirstRun.isLive(token)
}
