import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ResolveCandidate } from './resolve-candidate.ts'

export type CandidateAnswer =
  /** Names the account that was on the screen. */
  | { kind: 'accept'; accountId: string }
  | { kind: 'keep' }
  /** « Connecter sans vérifier le compte » */
  | { kind: 'skip_identity' }
  | { kind: 'identify' }

/** The admin's answer about a candidate; it holds for that candidate and account alone. */
export const confirmCandidate = ({ store }: Deps, { resolve, promote, forget }: ResolveCandidate) => {
  /** @throws Failure `candidate_replaced`, `candidate_gone`, `identity_unprovable` */
  const answer = async (
    admin: Admin,
    provider: ProviderId,
    candidateId: string,
    given: CandidateAnswer,
  ): Promise<void> => {
    const actor = actorOf(admin)
    const record = await store.authorizations.find(admin.tenantId, provider)
    // the button of a connection in use whose account is still unknown names no candidate
    if (given.kind === 'identify') return resolve(admin.tenantId, provider, true)
    const candidate = record?.candidate
    if (!record || !candidate) {
      if (record?.tokenSet?.id === candidateId && given.kind !== 'keep') return
      throw new Failure('candidate_gone')
    }
    if (candidate.id !== candidateId) throw new Failure('candidate_replaced')
    if (given.kind === 'keep') {
      await forget(record, candidateId, null, actor)
      return
    }
    const unread = candidate.identity === 'refused' ? 'unknown_account' : 'unidentified'
    if (given.kind === 'accept' && candidate.account?.id !== given.accountId) throw new Failure('candidate_replaced')
    if (given.kind === 'skip_identity' && !candidate.knownState) throw new Failure('identity_unprovable')
    const as = candidate.account ? 'identified' : unread
    if (!(await promote(record, candidate, as, actor))) throw new Failure('candidate_replaced')
  }
  return answer
}
