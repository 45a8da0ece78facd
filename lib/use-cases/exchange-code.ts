import type { ClaimedExchange } from '#lib/domain/claimed-exchange.ts'
import { advance } from '#lib/domain/connection.ts'
import type { ConnectionRecord } from '#lib/domain/connection-record.ts'
import { authStatusOf, exchangeFailure } from '#lib/domain/exchange-refusal.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { refreshInMs } from '#lib/domain/refresh.ts'
import { classify, type TokenOutcome, type TokenPair } from '#lib/domain/token-answer.ts'
import type { Deps } from '#lib/ports.ts'

interface Answer {
  outcome: TokenOutcome | null
  failure: FailureCode | null
  redirectUri: string | null
}

const passing = new Set<FailureCode>(['provider_unavailable', 'provider_throttled', 'response_lost'])

/** Turns a code into a stored candidate. */
export const exchangeCode = ({ store, providers, vault, clock, random }: Deps) => {
  const ask = async (claimed: ClaimedExchange): Promise<Answer> => {
    const client = await store.authorizations.findClientById(claimed.tenantId, claimed.clientId)
    const generation = client?.secretGeneration ?? 0
    const context = { purpose: 'client_secret', tenant: claimed.tenantId, row: claimed.clientId, generation } as const
    const clientSecret = client && (await vault.open(client.sealedSecret, context))
    let answer: Answer = { outcome: null, failure: 'secret_unreadable', redirectUri: null }
    if (!client || !clientSecret) return answer
    for (const redirectUri of claimed.redirectUris) {
      const request = { clientIdentifier: client.identifier, clientSecret, code: claimed.code, redirectUri }
      const outcome = classify(await providers[claimed.provider].tokens.exchange(request))
      answer = { outcome, failure: exchangeFailure(outcome), redirectUri }
      if (answer.failure !== 'redirect_uri_refused') break
    }
    return answer
  }

  const entryOf = (claimed: ClaimedExchange, record: ConnectionRecord, { outcome, failure, redirectUri }: Answer) => ({
    at: clock.now(),
    tenantId: claimed.tenantId,
    connectionId: record.id,
    actor: { kind: 'user', userId: claimed.userId } as const,
    event: 'authorization.exchanged' as const,
    outcome: failure ?? ('ok' as const),
    detail: {
      redirectUri,
      knownState: claimed.knownState,
      answer: outcome?.kind ?? null,
      status: outcome && 'status' in outcome ? outcome.status : null,
      error: outcome && 'error' in outcome ? outcome.error : null,
      hint: outcome && 'hint' in outcome ? outcome.hint : null,
    },
  })

  const keep = async (claimed: ClaimedExchange, record: ConnectionRecord, tokens: TokenPair, answer: Answer) => {
    const id = random.uuid()
    const at = { tenant: claimed.tenantId, row: id, generation: 1 }
    const now = clock.now()
    const lifetimeMs = tokens.lifetimeS * 1000
    const candidate = {
      id,
      tenantId: claimed.tenantId,
      connectionId: record.id,
      clientId: claimed.clientId,
      sealedAccessToken: await vault.seal(tokens.accessToken, { purpose: 'access_token', ...at }),
      sealedRefreshToken: await vault.seal(tokens.refreshToken, { purpose: 'refresh_token', ...at }),
      provider: claimed.provider,
      lifetimeMs,
      refreshInMs: refreshInMs(providers[claimed.provider].rhythm, lifetimeMs, 0, random.dice()),
      knownState: claimed.knownState,
      authorizedBy: claimed.userId,
    }
    const write = () =>
      store.authorizations.storeCandidate(claimed.pendingId, candidate, authStatus(answer), {
        now,
        entry: entryOf(claimed, record, answer),
      })
    // the code is spent and these tokens exist nowhere else: a commit that failed may have happened, so the second try
    // finds either its turn or the first one's work
    await write().catch(write)
  }

  const authStatus = ({ outcome }: Answer) => (outcome ? authStatusOf(outcome) : '')

  const refuse = async (claimed: ClaimedExchange, record: ConnectionRecord, failure: FailureCode, answer: Answer) => {
    const now = clock.now()
    const alive = record.tokenSet !== null && now < record.tokenSet.expiresAt
    await store.authorizations.failExchange(
      {
        pendingId: claimed.pendingId,
        connectionId: record.id,
        failure,
        authStatus: alive && passing.has(failure) ? null : authStatus(answer) || null,
        move: {
          from: record.standing,
          to: advance(record.standing, { kind: 'exchange_refused', code: failure }, now),
        },
      },
      { now, entry: entryOf(claimed, record, answer) },
    )
  }

  /** @returns why there is no candidate; null when there is one. */
  const run = async (claimed: ClaimedExchange): Promise<FailureCode | null> => {
    const record = await store.authorizations.find(claimed.tenantId, claimed.provider)
    if (!record) throw new Failure('storage_unavailable')
    const answer = await ask(claimed)
    if (answer.outcome?.kind === 'rotated') await keep(claimed, record, answer.outcome.tokens, answer)
    else await refuse(claimed, record, answer.failure ?? 'response_lost', answer)
    return answer.failure
  }

  return { run }
}
