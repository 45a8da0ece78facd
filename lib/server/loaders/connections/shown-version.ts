import type { KeyPage } from './key-page.ts'

export type Version = 'V1' | 'V2'

type Shown = Pick<KeyPage, 'view' | 'canFinish'>

/** Whether V1 is what Pro+ reads Teamleader with: its keys are kept, and V2 has never worked. */
export const isV1InUse = ({ view }: Pick<KeyPage, 'view'>): boolean =>
  view.secret !== null && view.supersededAt === null

/** Whether its keys work at that. */
export const isV1Serving = (v1: Pick<KeyPage, 'view'>): boolean => isV1InUse(v1) && v1.view.headline === 'connected'

/** When somebody last saved or tried a version's settings. */
const touchedAt = ({ view: { secret, lastTest } }: Pick<KeyPage, 'view'>) =>
  Math.max(secret?.setAt.getTime() ?? 0, lastTest ? new Date(lastTest.at).getTime() : 0)

/**
 * Which version « TL Group » tells of: V1 while it is in use, unless V2 has something to tell (a connection, an account to
 * be asked about, a code, a problem or authorization of its own) or was worked on since.
 */
export const shownVersion = (v1: Shown, v2: Shown): Version => {
  if (!isV1InUse(v1)) return 'V2'
  const { connection, candidate, waitingCode, problem } = v2.view
  if (connection || candidate || waitingCode || problem || v2.canFinish) return 'V2'
  return touchedAt(v2) > touchedAt(v1) ? 'V2' : 'V1'
}
