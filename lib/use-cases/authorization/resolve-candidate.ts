import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { type CandidateDecision, candidateLifeMs, decideCandidate } from '#lib/domain/authorization/candidate.ts'
import type { Identity } from '#lib/domain/connections/account.ts'
import type { ConnectionRecord, TokenSetRecord } from '#lib/domain/connections/connection-record.ts'
import { identityRetryMs, transition } from '#lib/domain/connections/connection-status.ts'
import { type ProviderId, withConsent, withTokens } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { type Actor, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { mayHaveWebhooks } from '#lib/domain/provider-webhooks/webhook-url.ts'
import { callWindowOf } from '#lib/domain/rate-budget/whose-calls.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'
import type { RateBudget } from '../rate-budget/rate-budget.ts'
import type { CoordinateRefresh } from '../tokens/coordinate-refresh.ts'

const identifyDeadlineMs = 8_000
const system = { kind: 'system' } as const

/** Finds out whose account a token set opens, and promotes what may be promoted unasked. */
export const resolveCandidate = (
  { store, providers, vault, clock, publicUrl }: Deps,
  { refresh }: Pick<CoordinateRefresh, 'refresh'>,
  { call }: Pick<RateBudget, 'call'>,
) => {
  const about = ({ tenantId, id: connectionId }: ConnectionRecord) => ({ tenantId, connectionId })

  /** A candidate may have waited longer than its token lives; null when it cannot be refreshed now. */
  const current = async (tokenSetId: string): Promise<TokenSet | null> => {
    const tokenSet = await store.tokens.readSet(tokenSetId, clock.now())
    if (!tokenSet || tokenSet.msLeft > 0) return tokenSet
    const after = await refresh(tokenSet).catch(() => null)
    return after && after.msLeft > 0 ? after : null
  }

  /** Null when it is another caller's turn to ask. */
  const identify = async (record: ConnectionRecord, set: TokenSetRecord, always: boolean): Promise<Identity | null> => {
    if (set.account) return { kind: 'read', account: set.account }
    if (set.identity === 'refused') return { kind: 'refused' }
    const { tenantId, provider } = record
    if (!(await store.authorizations.claimIdentity(set.id, clock.now(), identityRetryMs, always))) return null
    const tokenSet = await current(set.id)
    if (!tokenSet) return { kind: 'passing' }
    const context = { tenant: tenantId, row: set.id, generation: tokenSet.version }
    const token = await vault.open(tokenSet.sealedAccessToken, { purpose: 'access_token', ...context })
    if (token === null) return { kind: 'token_refused' }
    const send = () => withConsent(providers[provider]).identify(token, identifyDeadlineMs)
    // most likely the account that is connected
    const window = callWindowOf({ ...tokenSet, account: record.tokenSet?.account ?? null })
    return (await call(window, 'person', identifyDeadlineMs, send))?.identity ?? { kind: 'passing' }
  }

  const recordOutcome = async (record: ConnectionRecord, set: TokenSetRecord, identity: Identity) => {
    const now = clock.now()
    if (identity.kind === 'passing' || identity.kind === 'token_refused') {
      const outcome = identity.kind === 'passing' ? 'identity_unknown' : 'identity_token_refused'
      return store.journal.append(
        journalEntry({
          at: now,
          ...about(record),
          actor: system,
          event: 'identity.failed',
          outcome,
          detail: { tokenSet: set.id },
        }),
      )
    }
    if (set.identity !== 'unread') return
    const as = identity.kind === 'read' ? 'identified' : 'unknown_account'
    const statusChange =
      set.id === record.tokenSet?.id
        ? { from: record.status, to: transition(record.status, { kind: 'identity_settled', as }, now) }
        : null
    const outcome = identity.kind === 'read' ? 'ok' : 'identity_refused'
    const account = identity.kind === 'read' ? identity.account.id : null
    await store.authorizations.recordIdentity(
      { tokenSetId: set.id, connectionId: record.id, identity, statusChange },
      {
        now,
        entry: journalEntry({
          at: now,
          ...about(record),
          actor: system,
          event: 'identity.read',
          outcome,
          detail: { account },
        }),
      },
    )
  }

  /** The older connection that is out of use from now on, and the entry that says so. */
  const findSuperseded = async ({ tenantId, provider }: ConnectionRecord, actor: Actor, now: Date) => {
    const older = providers[provider].supersedes
    const record = older ? await store.authorizations.find(tenantId, older) : null
    if (!record?.client || record.supersededAt) return null
    const detail = { provider: record.provider, by: provider }
    const entry = journalEntry({ at: now, ...about(record), actor, event: 'connection.superseded', detail })
    return { connectionId: record.id, entry }
  }

  /** @returns false when the candidate or the token set in use changed meanwhile. */
  const promote = async (
    record: ConnectionRecord,
    candidate: TokenSetRecord,
    as: Extract<CandidateDecision, { kind: 'promote' }>['as'],
    actor: Actor,
  ) => {
    const now = clock.now()
    const inUseId = record.tokenSet?.id ?? null
    const detail = { as, account: candidate.account?.id ?? null }
    return store.authorizations.promote(
      {
        connectionId: record.id,
        tenantId: record.tenantId,
        candidateId: candidate.id,
        inUseId,
        to: transition(record.status, { kind: 'promoted', as }, now),
        by: candidate.authorizedBy,
        resumes: withTokens(providers[record.provider]).refreshPolicy.ahead,
        supersedes: await findSuperseded(record, actor, now),
        webhooks: mayHaveWebhooks(withTokens(providers[record.provider]).webhooks, publicUrl) ? record.provider : null,
      },
      { now, entry: journalEntry({ at: now, ...about(record), actor, event: 'connection.promoted', detail }) },
    )
  }

  const forget = (record: ConnectionRecord, candidateId: string, failure: FailureCode | null, actor: Actor) => {
    const now = clock.now()
    return store.authorizations.forgetCandidate(
      { connectionId: record.id, tenantId: record.tenantId, candidateId, failure },
      {
        now,
        entry: journalEntry({
          at: now,
          ...about(record),
          actor,
          event: 'candidate.forgotten',
          outcome: failure ?? 'ok',
          detail: { candidateId },
        }),
      },
    )
  }

  /** Asks for the identity that is still owed, if it is due (or `always`), and acts on what it says. */
  const resolve = async (tenantId: TenantId, provider: ProviderId, always = false): Promise<void> => {
    const record = await store.authorizations.find(tenantId, provider)
    const { candidate, tokenSet } = record ?? {}
    if (!record) return
    if (!candidate) {
      if (!tokenSet || record.status.reason !== 'identity_unknown') return
      const identity = await identify(record, tokenSet, always)
      return identity === null ? undefined : recordOutcome(record, tokenSet, identity)
    }
    if (clock.now().getTime() - candidate.createdAt.getTime() > candidateLifeMs) {
      await forget(record, candidate.id, null, system)
      return
    }
    // what the settings name and the client's own credentials open needs nobody's answer
    if (providers[provider].grant === 'client_credentials') {
      await promote(record, candidate, 'identified', system)
      return
    }
    const identity = await identify(record, candidate, always)
    if (identity === null) return
    await recordOutcome(record, candidate, identity)
    const current = tokenSet ? { accountId: tokenSet.account?.id ?? null } : null
    const decision = decideCandidate({ knownState: candidate.knownState, identity, current })
    if (decision.kind === 'promote') await promote(record, candidate, decision.as, system)
    if (decision.kind === 'forget') await forget(record, candidate.id, 'identity_token_refused', system)
  }

  return { resolve, promote, forget }
}

export type ResolveCandidate = ReturnType<typeof resolveCandidate>
