import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { ConnectionView, Through } from '#lib/domain/connections/connection-view.ts'
import type { GrantKind, ProviderId } from '#lib/domain/connections/provider.ts'
import { type FailureCode, type Field, fieldOf, type Remedy, remedyOf } from '#lib/domain/failure-codes.ts'
import type { Wording } from '#lib/i18n/provider-messages.ts'
import { requireAdmin } from '#lib/server/auth/session.ts'
import { readNonce } from '#lib/server/cookies/browser-nonce.ts'
import { type Notice, readNotice } from '#lib/server/cookies/flash.ts'
import { readWaitingCode } from '#lib/server/cookies/stateless-code.ts'

/** What « Clé de sécurité » knows of one provider's connection. */
export interface KeyPage {
  provider: ProviderId
  grant: GrantKind
  view: ConnectionView
  /** Whose client the section is about: the operator's asks for nothing, and the tenant's own fields are folded away. */
  through: Through
  /** Whether the operator shares a client. */
  sharedOffered: boolean
  wording: Wording
  redirectUri: string
  problem: { code: FailureCode; field: Field | null; remedy: Remedy; at: Date | null; through: Through } | null
  /** A code of this browser is parked and waits for `/oauth/callback/suite`. */
  canFinish: boolean
  now: Date
  /** Facts for support, as text to copy; no secret. */
  diagnostic: string
}

interface InBrowser {
  waitingCode: { arrivedAt: Date } | null
  notice: Notice | null
  canFinish: boolean
}

const nothingInBrowser: InBrowser = { waitingCode: null, notice: null, canFinish: false }

/** @param inBrowser what a way back from a consent page left in this browser */
export const readConnection = async (
  provider: ProviderId,
  { waitingCode, notice, canFinish } = nothingInBrowser,
): Promise<KeyPage> => {
  const admin = await requireAdmin()
  const { getConnection, providers, clock, publicUrl } = await container()
  const view = await getConnection.show(admin, provider, { waitingCode, notice })
  const diagnostic = await getConnection.diagnose(admin.tenantId, provider)
  const { problem } = view
  const api = providers[provider]
  const sharedOffered = api.grant === 'authorization_code' && api.sharedClients.length > 0
  const through = view.through === 'shared' || (sharedOffered && view.clientId === '') ? 'shared' : 'own'
  return {
    provider,
    grant: api.grant,
    view,
    through,
    sharedOffered,
    wording: (problem?.through ?? through) === 'shared' ? 'teamleader-shared' : provider,
    redirectUri: `${publicUrl}/oauth/callback`,
    problem: problem && {
      ...problem,
      // the fields hold nothing of the operator's
      field: problem.through === 'own' ? fieldOf(problem.code) : null,
      remedy: remedyOf(problem.code),
    },
    canFinish,
    now: clock.now(),
    diagnostic,
  }
}

/** Teamleader, API V2: what a consent page sends back waits in the browser. */
export const readKeyPage = async (): Promise<KeyPage> => {
  const { handleCallback } = await container()
  const [waitingCode, notice, nonce] = await Promise.all([readWaitingCode(), readNotice(), readNonce()])
  return readConnection('teamleader', { waitingCode, notice, canFinish: await handleCallback.hasParked(nonce) })
}
