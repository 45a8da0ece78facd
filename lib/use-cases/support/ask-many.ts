import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { SupportUser } from '#lib/domain/accounts/user.ts'
import { dayMs } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import {
  askedAtOnce,
  isAbout,
  type RequestKind,
  type SkipReason,
  skipReason,
  viewOf,
} from '#lib/domain/support/bulk-request.ts'
import type { ConsoleCursor, ConsolePlace, ConsoleView } from '#lib/domain/support/console-view.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ConsoleRow } from '#lib/ports/support.ts'
import type { LimitMails } from '../notifications/limit-mails.ts'

/** A connection, and why its tenant is not asked about it; null: it is. */
export interface JudgedRow extends ConsoleRow {
  skipped: SkipReason | null
}

interface Preview {
  rows: JudgedRow[]
  /** More tenants match the filter than were looked at. */
  partial: boolean
  next: ConsolePlace | null
}

const events = { reconnect: 'connection.reconnect_asked', upgrade: 'connection.upgrade_asked' } as const
const mails = { reconnect: 'reconnect_request', upgrade: 'upgrade_request' } as const

/** Support asks the admins of many tenants for the same: seen first, a page at a time, then done. */
export const askMany = ({ store, mailer, clock }: Deps, takeMail: LimitMails) => {
  const judge = async (kind: RequestKind, rows: readonly ConsoleRow[]): Promise<JudgedRow[]> => {
    const tenantIds = [...new Set(rows.map(({ tenant }) => tenant.id))]
    const known = await store.console.askable(tenantIds, new Date(clock.now().getTime() - dayMs))
    const asked = new Set<TenantId>()
    return rows.map((row) => {
      const { id } = row.tenant
      const about = { admins: known.admins.get(id)?.length ?? 0, lately: known.asked.has(id) }
      const skipped = skipReason(kind, row, about) ?? (asked.has(id) ? 'other_connection' : null)
      if (skipped === null) asked.add(id)
      return { ...row, skipped }
    })
  }

  /** Who would be asked of those that a filter shows, and who would not. */
  const preview = async (kind: RequestKind, view: ConsoleView, cursor: ConsoleCursor | null): Promise<Preview> => {
    const narrowed = viewOf(kind, view)
    if (!narrowed) return { rows: [], partial: false, next: null }
    const { rows: found, partial } = await store.console.list(narrowed, cursor, askedAtOnce + 1)
    // what needs nothing comes behind what does
    const end = narrowed.archived ? -1 : found.findIndex((row) => !isAbout(kind, row))
    const wanted = end === -1 ? found : found.slice(0, end)
    const rows = await judge(kind, wanted.slice(0, askedAtOnce))
    return { rows, partial, next: wanted.length > askedAtOnce ? (rows.at(-1)?.place ?? null) : null }
  }

  const askOne = async (support: SupportUser, kind: RequestKind, row: ConsoleRow, admins: readonly string[]) => {
    const { tenant, provider, place } = row
    const giveBack = await takeMail({ recipient: null, by: { user: support, tenantId: tenant.id, many: true } })
    const now = clock.now()
    const day = Math.floor(now.getTime() / dayMs)
    const queued = admins.map((userId) => ({
      ...({ channel: 'mail', kind: mails[kind], tenantId: tenant.id, userId, payload: { provider } } as const),
      onceKey: `${mails[kind]} ${place.id} ${userId} many ${day}`,
    }))
    const about = { tenantId: tenant.id, connectionId: place.id, actor: actorOf(support) }
    const entry = journalEntry({ at: now, ...about, event: events[kind], detail: { provider } })
    const added = await store.deliveries.add(queued, { now, entry }).catch(async (error: unknown) => {
      await giveBack()
      throw error
    })
    return added
  }

  /**
   * Asks about connections that were seen, each judged anew: a mail to each active admin, one request a tenant and day.
   *
   * @param ids at most `askedAtOnce`
   * @returns of how many tenants admins were asked, and how many were left out since
   * @throws Failure `mail_missing`
   */
  const ask = async (support: SupportUser, kind: RequestKind, ids: readonly string[]) => {
    if (!mailer.configured) throw new Failure('mail_missing')
    const rows = await judge(kind, await store.console.read(ids.slice(0, askedAtOnce)))
    const wanted = rows.filter(({ skipped }) => skipped === null)
    const { admins } = await store.console.askable(
      wanted.map(({ tenant }) => tenant.id),
      clock.now(),
    )
    let asked = 0
    for (const row of wanted) {
      const done = await askOne(support, kind, row, admins.get(row.tenant.id) ?? []).catch((error: unknown) => {
        // somebody else asked at the same moment
        if (error instanceof Failure && error.code === 'mails_throttled') return false
        throw error
      })
      if (done) asked += 1
    }
    return { asked, left: ids.length - asked }
  }

  return { preview, ask }
}
