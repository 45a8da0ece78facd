import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  lt,
  lte,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { JournalDetail, JournalEvent } from '#lib/domain/journal/journal-entry.ts'
import type { JournalFilter, JournalPlace, JournalUser } from '#lib/domain/journal/journal-view.ts'
import type { JournalStore } from '#lib/ports/journal.ts'
import type { Database } from '../engine/database.ts'
import { journalConditions } from './journal-conditions.ts'

type Pages = Pick<JournalStore, 'list' | 'count' | 'instantBehind' | 'people'>

const namedIn = (detail: JournalDetail) => (typeof detail.userId === 'string' ? detail.userId : null)

/** The journal as a tenant reads it: by index in order of time, a page at a time. */
export const journalPages = (db: Database): Pages => {
  const { journal, users, invitations, connections } = db.tables

  const conditions = journalConditions(db)

  const within = (tenantId: TenantId, filter: JournalFilter) => {
    const { without, from, until } = filter
    return and(
      eq(journal.tenantId, tenantId),
      without.length > 0 ? notInArray(journal.event, [...without]) : undefined,
      from ? gte(journal.at, from) : undefined,
      until ? lt(journal.at, until) : undefined,
      ...conditions(tenantId, filter),
    )
  }

  const behind = (place: JournalPlace | null) =>
    place ? and(lte(journal.at, place.at), or(lt(journal.at, place.at), lt(journal.id, place.id))) : undefined

  const all = () => db.q.select().from(journal).$dynamic()
  type Rows = ReturnType<typeof all>
  /** The same columns, the address unread. */
  const withoutAddresses = () =>
    db.q
      .select({ ...getTableColumns(journal), address: sql<string | null>`null`.as('address') })
      .from(journal)
      .$dynamic() as unknown as Rows
  const read = ({ addresses }: JournalFilter) => (addresses ? all() : withoutAddresses())
  const newest = (rows: Rows, limit: number) => rows.orderBy(desc(journal.at), desc(journal.id)).limit(limit)

  /** Entries of one event stand in order of time in an index: the newest of each event hold the newest of all. */
  const newestOfEach = (
    events: readonly JournalEvent[],
    filter: JournalFilter,
    where: SQL | undefined,
    limit: number,
  ) => {
    const parts = events.map((event) => newest(read(filter).where(and(eq(journal.event, event), where)), limit))
    if (parts.length < 2) return parts[0]
    const [first, ...others] = parts.map(
      (part, at) =>
        db.q
          .select()
          .from(part.as(`part_${at}`))
          .$dynamic() as unknown as Rows,
    ) as [Rows, ...Rows[]]
    const union = others.reduce((some, one) => some.unionAll(one) as unknown as Rows, first)
    return newest(union, limit)
  }

  /** Those of the tenant and of support: nobody else is named. */
  const findUsers = async (tenantId: TenantId, ids: string[]) => {
    if (ids.length === 0) return new Map<string, JournalUser>()
    const [known, invited] = await Promise.all([
      db.q
        .select({ id: users.id, name: users.name, role: users.role })
        .from(users)
        .where(and(inArray(users.id, ids), or(eq(users.tenantId, tenantId), eq(users.role, 'support')))),
      db.q
        .select({ id: invitations.id, name: invitations.name, role: invitations.role })
        .from(invitations)
        .where(and(inArray(invitations.id, ids), eq(invitations.tenantId, tenantId))),
    ])
    return new Map<string, JournalUser>([...invited, ...known].map(({ id, ...user }) => [id, user]))
  }

  const findProviders = async (tenantId: TenantId) => {
    const rows = await db.q
      .select({ id: connections.id, provider: connections.provider })
      .from(connections)
      .where(eq(connections.tenantId, tenantId))
    return new Map(rows.map(({ id, provider }) => [id, provider]))
  }

  return {
    list: async (tenantId, filter, after, limit) => {
      const where = and(within(tenantId, filter), behind(after))
      const { events } = filter
      const rows =
        (await (events ? newestOfEach(events, filter, where, limit) : newest(read(filter).where(where), limit))) ?? []
      const ids = rows.flatMap(({ userId, detail }) => [userId, namedIn(detail)]).filter((id) => id !== null)
      const [users, providers] = await Promise.all([findUsers(tenantId, [...new Set(ids)]), findProviders(tenantId)])
      return rows.map(({ id, at, actor, userId, connectionId, address, event, outcome, detail }) => ({
        id,
        at,
        event,
        outcome,
        ip: address,
        actor: { kind: actor, user: users.get(userId ?? '') ?? null },
        provider: providers.get(connectionId ?? '') ?? null,
        about: users.get(namedIn(detail) ?? '') ?? null,
        detail,
      }))
    },
    count: async (tenantId, filter) => {
      const events = filter.events ? inArray(journal.event, [...filter.events]) : undefined
      const [row] = await db.q
        .select({ n: count() })
        .from(journal)
        .where(and(within(tenantId, filter), events))
      return row?.n ?? 0
    },
    instantBehind: async (tenantId, until, after, entries) => {
      const [row] = await db.q
        .select({ at: journal.at })
        .from(journal)
        .where(and(eq(journal.tenantId, tenantId), until ? lt(journal.at, until) : undefined, behind(after)))
        .orderBy(desc(journal.at), desc(journal.id))
        .limit(1)
        .offset(entries - 1)
      return row?.at ?? null
    },
    people: (tenantId) =>
      db.q
        .select({ id: users.id, name: users.name })
        .from(users)
        .where(eq(users.tenantId, tenantId))
        .orderBy(asc(users.name), asc(users.id)),
  }
}
