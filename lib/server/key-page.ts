import 'server-only'
import type { ConnectionView } from '#lib/domain/connection-view.ts'
import { type FailureCode, type Field, fieldOf, type Remedy, remedyOf } from '#lib/domain/failure-codes.ts'
import { readNonce } from './browser-nonce.ts'
import { container } from './container.ts'
import { readNotice } from './notice.ts'
import { requireAdmin } from './session.ts'
import { readWaitingCode } from './waiting-code.ts'

export interface KeyPage {
  view: ConnectionView
  redirectUri: string
  problem: { code: FailureCode; field: Field | null; remedy: Remedy; at: Date | null } | null
  /** A code of this browser is parked and waits for `/oauth/callback/suite`. */
  canFinish: boolean
  now: Date
  /** Facts for support, as text to copy; no secret. */
  diagnostic: string
}

export const readKeyPage = async (): Promise<KeyPage> => {
  const admin = await requireAdmin()
  const { showConnection, comeBack, clock, publicUrl } = await container()
  const [waitingCode, notice, nonce] = await Promise.all([readWaitingCode(), readNotice(), readNonce()])
  const [view, canFinish, diagnostic] = await Promise.all([
    showConnection.show(admin, 'teamleader', { waitingCode, notice }),
    comeBack.hasParked(nonce),
    showConnection.diagnose(admin.tenantId, 'teamleader'),
  ])
  const { problem } = view
  return {
    view,
    redirectUri: `${publicUrl}/oauth/callback`,
    problem: problem && { ...problem, field: fieldOf(problem.code), remedy: remedyOf(problem.code) },
    canFinish,
    now: clock.now(),
    diagnostic,
  }
}
