import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { readHint } from '#lib/domain/provider-webhooks/hint.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { Hint } from '#lib/ports/provider-webhooks.ts'
import type { ErasedIds } from '../privacy/erased-ids.ts'

/** Until what was told is fetched: what comes in between is fetched with it. */
const delayMs = 2_000
/** Of one tenant, in one process; what is refused is found by reading, as without webhooks. */
const mostPerMinute = 600
const minuteMs = 60_000

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What a provider tells: the id of a record that may have changed, to be fetched again. Nothing that it sends is stored. */
export const receiveHint = ({ store, random, clock, monotonicMs }: Deps, erasedIds: ErasedIds) => {
  const counts = new Map<string, { sinceMs: number; count: number }>()

  const isLimited = (tenantId: string): boolean => {
    const nowMs = monotonicMs()
    const known = counts.get(tenantId)
    if (!known || nowMs - known.sinceMs >= minuteMs) {
      counts.set(tenantId, { sinceMs: nowMs, count: 1 })
      return false
    }
    known.count += 1
    return known.count > mostPerMinute
  }

  const isErased = async (tenantId: TenantId, { kind, id }: Pick<Hint, 'kind' | 'id'>) =>
    kind !== 'account' && (await erasedIds.among(tenantId, kind, [id])).size > 0

  /** @param readBody reads what was sent, once it is known whose it is; null when it is too large */
  const receive = async (
    provider: ProviderId,
    secret: string,
    readBody: () => Promise<string | null>,
  ): Promise<'taken' | 'limited' | 'too_large' | 'unknown'> => {
    const registered = /^[\w-]{43}$/.test(secret) ? await store.webhooks.findBySecret(random.hash(secret)) : null
    if (registered?.provider !== provider) return 'unknown'
    if (isLimited(registered.tenantId)) return 'limited'
    const body = await readBody()
    if (body === null) return 'too_large'
    const hint = readHint(parse(body))
    if (hint && !(await isErased(registered.tenantId, hint)))
      await store.webhooks.addHint(registered, hint, delayMs, clock.now())
    return 'taken'
  }
  return receive
}
