import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { type ProviderId, providerIds, withTokens } from '#lib/domain/connections/provider.ts'
import { dayMs, hourMs } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type Actor, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import { workPool } from '#lib/domain/operations/work-pool.ts'
import type { WebhookState } from '#lib/domain/provider-webhooks/hint.ts'
import { mayHaveWebhooks, secretInUrl, webhookUrl } from '#lib/domain/provider-webhooks/webhook-url.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { DueWebhooks, WebhookAnswer, WebhookApi } from '#lib/ports/provider-webhooks.ts'
import type { RateBudget } from '../rate-budget/rate-budget.ts'
import type { GetAccessToken, ObtainedToken } from '../tokens/get-access-token.ts'

const deadlineMs = 8_000
/** Longer than all calls of one look take. */
const claimMs = 5 * 60_000
/** Looks under way at once, for each process. */
const places = 4
/** After a failure that may pass. */
const againMs = 10 * 60_000
/** Of an older secret or version of ours; more than there can be. */
const mostStrays = 20

interface Registered {
  url: string
  hash: string
}

/** Keeps what is registered at a provider: our address once, under the one secret that we know, and no other of ours. */
export const maintainWebhooks = (
  { store, providers, random, clock, publicUrl, log }: Deps,
  { obtain }: Pick<GetAccessToken, 'obtain'>,
  { call }: Pick<RateBudget, 'call'>,
) => {
  const apiOf = (provider: ProviderId): WebhookApi | null => {
    const api = providers[provider]
    return api.grant === 'keys' ? null : withTokens(api).webhooks
  }

  const ask = async <T>(
    token: ObtainedToken,
    send: (accessToken: string, deadlineMs: number) => Promise<WebhookAnswer<T>>,
  ): Promise<WebhookAnswer<T>> => {
    const answer = await call(token.window, 'person', deadlineMs, () => send(token.accessToken, deadlineMs))
    return answer ?? { kind: 'failed', limit: null, throttled: true }
  }

  /** What is registered of ours. */
  const listOurs = async (api: WebhookApi, token: ObtainedToken, provider: ProviderId) => {
    const answer = await ask(token, (...args) => api.list(...args))
    if (answer.kind !== 'done') return { kind: answer.kind, ours: [] }
    const ours = answer.value.flatMap((url): Registered[] => {
      const secret = secretInUrl(publicUrl, provider, url)
      return secret === null ? [] : [{ url, hash: random.hash(secret) }]
    })
    return { kind: answer.kind, ours }
  }

  const unregister = async (api: WebhookApi, token: ObtainedToken, urls: readonly string[]) => {
    for (const url of urls) await ask(token, (...args) => api.unregister(url, ...args))
  }

  const settle = async (due: DueWebhooks, secretHash: string | null, state: WebhookState, dueInMs: number) => {
    const { tenantId, connectionId } = due
    const now = clock.now()
    const events: Partial<Record<WebhookState, JournalEvent>> = {
      registered: 'webhooks.registered',
      forbidden: 'webhooks.forbidden',
    }
    const event = state === due.state && secretHash === due.secretHash ? undefined : events[state]
    const actor: Actor = { kind: 'system' }
    const outcome = state === 'forbidden' ? 'read_forbidden' : 'ok'
    const entry = event ? journalEntry({ at: now, tenantId, connectionId, actor, event, outcome }) : null
    await store.webhooks.settle({ connectionId, secretHash }, { state, dueInMs, entry }, now)
  }

  const daily = () => dayMs * (0.9 + 0.2 * random.jitter())

  /** @returns the hash of the secret that is registered now; null where somebody else changed it meanwhile */
  const register = async (
    api: WebhookApi,
    token: ObtainedToken,
    { connectionId, provider, secretHash }: DueWebhooks,
  ) => {
    const secret = random.secret()
    const hash = random.hash(secret)
    // known before it can be used
    if (!(await store.webhooks.expect(connectionId, secretHash, hash))) return null
    const url = webhookUrl(publicUrl, provider, secret)
    const { kind } = await ask(token, (...args) => api.register(url, ...args))
    return { kind, hash }
  }

  const look = async (due: DueWebhooks, api: WebhookApi): Promise<void> => {
    const { tenantId, provider, secretHash, state } = due
    const token = await obtain({ tenantId, provider, minTtlMs: deadlineMs })
    const { kind, ours } = await listOurs(api, token, provider)
    if (kind === 'forbidden') return settle(due, secretHash, 'forbidden', daily())
    if (kind === 'failed') return settle(due, secretHash, state, againMs)
    // another tenant may have connected the same account
    const known = await store.webhooks.known(ours.map(({ hash }) => hash))
    const strays = ours.filter(({ hash }) => !known.has(hash)).slice(0, mostStrays)
    const isThere = ours.some(({ hash }) => hash === secretHash)
    const registered = isThere ? { kind: 'done', hash: secretHash } : await register(api, token, due)
    if (registered === null) return
    await unregister(
      api,
      token,
      strays.map(({ url }) => url),
    )
    if (registered.kind === 'forbidden') return settle(due, registered.hash, 'forbidden', daily())
    if (registered.kind === 'failed') return settle(due, registered.hash, state, againMs)
    return settle(due, registered.hash, 'registered', daily())
  }

  const lookLogged = async (due: DueWebhooks): Promise<void> => {
    const api = apiOf(due.provider)
    try {
      if (api && mayHaveWebhooks(api, publicUrl)) await look(due, api)
      else await settle(due, due.secretHash, due.state, dayMs)
    } catch (error) {
      // a connection that is paused or broken; anything else is our own side
      const waits = error instanceof Failure && error.code !== 'storage_unavailable'
      if (waits) await settle(due, due.secretHash, due.state, hourMs).catch(() => {})
      else log.warn('webhooks were not looked at', { errorClass: error instanceof Error ? error.name : 'unknown' })
    }
  }

  const pool = workPool({
    places,
    claim: (free) => store.webhooks.claimDue(free, claimMs, clock.now()),
    work: lookLogged,
  })

  /** Connections of before webhooks were known get theirs. */
  const adopt = async (): Promise<void> => {
    for (const provider of providerIds)
      if (mayHaveWebhooks(apiOf(provider), publicUrl)) await store.webhooks.adopt(provider, clock.now())
  }

  /** What is registered for a connection that is about to be disconnected; where that fails, its secret opens nothing any more. */
  const remove = async (tenantId: TenantId, provider: ProviderId): Promise<boolean> => {
    const api = apiOf(provider)
    const status = api && (await store.webhooks.status(tenantId))
    if (!api || !status?.secretHash || status.provider !== provider) return false
    try {
      const token = await obtain({ tenantId, provider, minTtlMs: deadlineMs })
      const { ours } = await listOurs(api, token, provider)
      const registered = ours.filter(({ hash }) => hash === status.secretHash)
      await unregister(
        api,
        token,
        registered.map(({ url }) => url),
      )
      return registered.length > 0
    } catch (error) {
      if (error instanceof Failure) return false
      throw error
    }
  }

  return {
    adopt,
    /** Begins the looks that are due, as far as there are free places. */
    beginDue: pool.fill,
    settle: pool.settle,
    remove,
    finish: async (): Promise<void> => {
      pool.close()
      await pool.settle()
    },
  }
}

export type MaintainWebhooks = ReturnType<typeof maintainWebhooks>
