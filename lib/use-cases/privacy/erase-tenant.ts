import type { Tenant, TenantId } from '#lib/domain/accounts/tenant.ts'
import { providerIds } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type Actor, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { MaintainWebhooks } from '../provider-webhooks/maintain-webhooks.ts'
import type { ErasePerson } from './erase-person.ts'

/** Of each table by one step: what else the process does waits no longer than for these. */
const rowsAtOnce = 200
/** For so long whoever pressed the button waits; what a larger customer has left goes in the background. */
const waitedMs = 500

const others = () => new Promise<void>((turn) => setImmediate(turn))

/** Forgets customers, step by step; what stays is that somebody did it, when, and the id. */
export const eraseTenant = (
  { store: { personalData, tenantUsers }, clock, monotonicMs }: Deps,
  { bucketsOf, scrub }: Pick<ErasePerson, 'bucketsOf' | 'scrub'>,
  { remove }: Pick<MaintainWebhooks, 'remove'>,
) => {
  const entryOf = (tenant: TenantId, actor: Actor, event: 'tenant.erasure_begun' | 'tenant.erased') =>
    journalEntry({ at: clock.now(), tenantId: null, actor, event, detail: { tenant } })

  const begin = async (tenantId: TenantId, actor: Actor, archivedAt: Date | null) => {
    for (const provider of providerIds) await remove(tenantId, provider).catch(() => false)
    const entry = entryOf(tenantId, actor, 'tenant.erasure_begun')
    if (!(await personalData.closeTenant(tenantId, archivedAt, entry))) throw new Failure('tenant_changed')
  }

  const finish = async (tenantId: TenantId, actor: Actor): Promise<boolean> => {
    const people = await tenantUsers.list(tenantId)
    const buckets = [tenantId, ...people.flatMap(bucketsOf)]
    await personalData.eraseTenant(tenantId, buckets, entryOf(tenantId, actor, 'tenant.erased'))
    return scrub(actor)
  }

  return {
    /**
     * All of it, for the operator, archived or not; broken off, it goes on where it was, by the background work or when it is
     * asked for again.
     *
     * @returns whether nothing is left in the free space of a database file either
     * @throws Failure `tenant_changed` when there is no such tenant
     */
    whole: async ({ id }: Pick<Tenant, 'id'>, actor: Actor): Promise<boolean> => {
      await begin(id, actor, null)
      while (await personalData.eraseRows(id, rowsAtOnce)) await others()
      return finish(id, actor)
    },

    /**
     * Ends every access at once, and erases for a moment.
     *
     * @param archivedAt only while it is archived since then
     * @returns whether all is gone: else the background work goes on
     * @throws Failure `tenant_changed` when it is not
     */
    begin: async ({ id }: Pick<Tenant, 'id'>, actor: Actor, archivedAt: Date): Promise<boolean> => {
      await begin(id, actor, archivedAt)
      const untilMs = monotonicMs() + waitedMs
      while (await personalData.eraseRows(id, rowsAtOnce)) {
        if (monotonicMs() >= untilMs) return false
        await others()
      }
      await finish(id, actor)
      return true
    },

    /** A step of what was begun first, whoever began it. @returns whether there was one to take */
    resume: async (): Promise<boolean> => {
      const [first] = await personalData.listErasing()
      if (!first) return false
      if (!(await personalData.eraseRows(first.id, rowsAtOnce))) await finish(first.id, first.actor)
      return true
    },

    /** Which customers are being erased, and how many of their copied records are left. */
    progress: async () => {
      const erasing = await personalData.listErasing()
      return Promise.all(erasing.map(async (one) => ({ ...one, left: await personalData.countRecords(one.id) })))
    },
  }
}

export type EraseTenant = ReturnType<typeof eraseTenant>
