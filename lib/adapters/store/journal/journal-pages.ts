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
import type { JournalDetail } from '#lib/domain/journal/journal-entry.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import type { JournalFilter, JournalPlace, JournalScope, JournalUser } from '#lib/domain/journal/journal-view.ts'
import type { JournalStore } from '#lib/ports/journal.ts'
import type { Database } from '../engine/database.ts'
import { journalConditions } from './journal-conditions.ts'

type Pages = Pick<JournalStore, 'list' | 'count' | 'instantBehind' | 'people'>

const namedIn = (detail: JournalDetail) => (typeof detail.userId === 'string' ? detail.userId : null)

/** The journal as a tenant and as support read it: by index in order of time, a page at a time. */
export const journalPages = (db: Database): Pages => {
  const { journal, users, invitations, connections, tenants } = db.tables

  const conditions = journalConditions(db)

  const of = (scope: JournalScope) => (scope === 'all' ? undefined : eq(journal.tenantId, scope))

  const within = (scope: JournalScope, filter: JournalFilter) => {
    const { without, from, until } = filter
    return and(
      of(scope),
      without.length > 0 ? notInArray(journal.event, [...without]) : undefined,
      from ? gte(journal.at, from) : undefined,
      until ? lt(journal.at, until) : undefined,
      ...conditions(scope, filter),
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

  /** To a tenant its own people and those of support are named, nobody else. */
  const findUsers = async (scope: JournalScope, ids: string[]) => {
    if (ids.length === 0) return new Map<string, JournalUser>()
    const [known, invited] = await Promise.all([
      db.q
        .select({ id: users.id, name: users.name, role: users.role })
        .from(users)
        .where(
          and(
            inArray(users.id, ids),
            scope === 'all' ? undefined : or(eq(users.tenantId, scope), eq(users.role, 'support')),
          ),
        ),
      db.q
        .select({ id: invitations.id, name: invitations.name, role: invitations.role })
        .from(invitations)
        .where(and(inArray(invitations.id, ids), scope === 'all' ? undefined : eq(invitations.tenantId, scope))),
    ])
    return new Map<string, JournalUser>([...invited, ...known].map(({ id, ...user }) => [id, user]))
  }

  const findProviders = async (scope: JournalScope, ids: string[]) => {
    if (ids.length === 0) return new Map<string, never>()
    const rows = await db.q
      .select({ id: connections.id, provider: connections.provider })
      .from(connections)
      .where(and(inArray(connections.id, ids), scope === 'all' ? undefined : eq(connections.tenantId, scope)))
    return new Map(rows.map(({ id, provider }) => [id, provider]))
  }

  const findTenants = async (scope: JournalScope, ids: TenantId[]) => {
    if (scope !== 'all' || ids.length === 0) return new Map<string, never>()
    const rows = await db.q.select({ id: tenants.id, name: tenants.name }).from(tenants).where(inArray(tenants.id, ids))
    return new Map(rows.map((tenant) => [tenant.id, tenant]))
  }

  const distinct = <T>(ids: (T | null)[]) => [...new Set(ids)].filter((id) => id !== null)

  return {
    list: async (scope, filter, after, limit) => {
      const where = and(within(scope, filter), behind(after))
      const { events } = filter
      const rows =
        (await (events ? newestOfEach(events, filter, where, limit) : newest(read(filter).where(where), limit))) ?? []
      const [users, providers, tenants] = await Promise.all([
        findUsers(scope, distinct(rows.flatMap(({ userId, detail }) => [userId, namedIn(detail)]))),
        findProviders(scope, distinct(rows.map(({ connectionId }) => connectionId))),
        findTenants(scope, distinct(rows.map(({ tenantId }) => tenantId))),
      ])
      return rows.map(({ id, at, actor, userId, tenantId, connectionId, address, event, outcome, detail }) => ({
        id,
        at,
        event,
        outcome,
        ip: address,
        actor: { kind: actor, user: users.get(userId ?? '') ?? null },
        provider: providers.get(connectionId ?? '') ?? null,
        tenant: (tenantId && tenants.get(tenantId)) ?? null,
        about: users.get(namedIn(detail) ?? '') ?? null,
        detail,
      }))
    },
    count: async (scope, filter) => {
      const events = filter.events ? inArray(journal.event, [...filter.events]) : undefined
      const [row] = await db.q
        .select({ n: count() })
        .from(journal)
        .where(and(within(scope, filter), events))
      return row?.n ?? 0
    },
    instantBehind: async (scope, until, after, entries) => {
      const [row] = await db.q
        .select({ at: journal.at })
        .from(journal)
        .where(and(of(scope), until ? lt(journal.at, until) : undefined, behind(after)))
        .orderBy(desc(journal.at), desc(journal.id))
        .limit(1)
        .offset(entries - 1)
      return row?.at ?? null
    },
    people: (scope) =>
      db.q
        .select({ id: users.id, name: users.name })
        .from(users)
        .where(scope === 'all' ? eq(users.role, 'support') : eq(users.tenantId, scope))
        .orderBy(asc(users.name), asc(users.id)),
  }
}
