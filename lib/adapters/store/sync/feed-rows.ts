import { and, asc, eq, gte, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { behind, type Deleted } from '#lib/domain/sync/feed/feed-position.ts'
import { type ListId, listIds } from '#lib/domain/sync/list.ts'
import type { FeedStore } from '#lib/ports/sync/feed.ts'
import type { Database } from '../engine/database.ts'

type Methods = Pick<FeedStore, 'feedHead' | 'feedPage' | 'feedRecord' | 'changeBefore'>

const given = (name: string) => sql.placeholder(name)

/** The reads of a list's changes, each prepared once. */
const readsOf = ({ tables, q, json }: Database, list: ListId) => {
  const table = tables[list]
  const { tenantId, providerId, change, changedAt, n, body, deletedAt } = table
  const key = sql`(${change}, ${n})`
  const ofTenant = eq(tenantId, given('tenantId'))
  const line = sql`${`{"id":`} || ${json.text(providerId)} || ${`,"kind":"${list}","change":`} || ${change} || ',"changed_at":' || ${json.instant(changedAt)} || ',"deleted_at":' || ${json.instant(deletedAt)} || ',"web_url":' || ${json.textAt(body, 'web_url')} || ',"data":' || ${json.value(body)} || '}'`
  const conditions: Record<Deleted, SQL | undefined> = {
    exclude: isNull(deletedAt),
    include: undefined,
    only: isNotNull(deletedAt),
  }
  const behindFrom = (deleted: Deleted) =>
    and(ofTenant, sql`${key} > (${given('change')}, ${given('record')})`, conditions[deleted])

  const page = (deleted: Deleted) => {
    const until = sql`${key} <= (${given('toChange')}, ${given('toRecord')})`
    return {
      /** The last row of a page and the one after it, where there are as many. */
      ends: q
        .select({ change, record: n })
        .from(table)
        .where(and(behindFrom(deleted), sql`${change} <= ${given('upTo')}`))
        .orderBy(asc(change), asc(n))
        .limit(2)
        .offset(given('skip') as never)
        .prepare(),
      text: (separator: string) => {
        const rows = q
          .select({ line: line.as('line') })
          .from(table)
          .where(and(behindFrom(deleted), until))
          .orderBy(asc(change), asc(n))
          // with a limit, the order is kept
          .limit(given('limit') as never)
          .as('page')
        return q
          .select({ text: json.join(sql`${rows.line}`, separator) })
          .from(rows)
          .prepare()
      },
    }
  }

  return {
    page,
    record: q
      .select({ text: sql<string>`${line}` })
      .from(table)
      .where(and(ofTenant, eq(providerId, given('id')), sql`${change} > ${given('epochChange')}`))
      .prepare(),
    /** The first row at or behind a change. */
    at: q
      .select({ change, changedAt })
      .from(table)
      .where(and(ofTenant, gte(change, given('change'))))
      .orderBy(asc(change), asc(n))
      .limit(1)
      .prepare(),
  }
}

/** Makes what is asked for once. */
const once = <K, V>(make: (key: K) => V) => {
  const made = new Map<K, V>()
  return (key: K): V => {
    const known = made.get(key) ?? make(key)
    made.set(key, known)
    return known
  }
}

/** The changes of copied lists. Rows move to higher change numbers alone, so that what was skipped comes again. */
export const feedRows = (db: Database): Methods => {
  const { syncStates } = db.tables
  const head = db.q
    .select({
      epoch: syncStates.epoch,
      epochChange: syncStates.epochChange,
      change: syncStates.change,
      forgottenChange: syncStates.forgottenChange,
      completeAt: syncStates.completeAt,
      provenAt: syncStates.provenAt,
    })
    .from(syncStates)
    .where(and(eq(syncStates.tenantId, given('tenantId')), eq(syncStates.list, given('list'))))
    .prepare()
  const reads = once((list: ListId) => readsOf(db, list))
  const pages = once((of: `${ListId} ${Deleted}`) => {
    const [list, deleted] = of.split(' ') as [ListId, Deleted]
    const { ends, text } = reads(list).page(deleted)
    return { ends, text: once(text) }
  })

  return {
    feedHead: async (tenantId, list) => {
      if (!listIds.includes(list)) return null
      const [row] = await head.execute({ tenantId, list })
      return row ?? null
    },
    feedPage: async ({ tenantId, list }, { from, upTo, limit, deleted, separator }) => {
      const page = pages(`${list} ${deleted}`)
      const start = { tenantId, change: from.change, record: from.record }
      const [last, next] = await page.ends.execute({ ...start, upTo, skip: limit - 1 })
      const to = last && next ? last : behind(Math.max(upTo, from.change))
      const range = { ...start, toChange: to.change, toRecord: to.record, limit }
      const [row] = await page.text(separator).execute(range)
      const text = row?.text ?? ''
      const bytes = typeof text === 'string' ? Buffer.from(text) : text
      return { bytes, to, more: next !== undefined }
    },
    feedRecord: async ({ tenantId, list }, id) => {
      const [known] = await head.execute({ tenantId, list })
      if (!known) return null
      const [row] = await reads(list).record.execute({ tenantId, id, epochChange: known.epochChange })
      return row?.text ?? null
    },
    changeBefore: async ({ tenantId, list }, at, upTo) => {
      let [low, high] = [0, upTo]
      while (low < high) {
        const middle = Math.floor((low + high) / 2) + 1
        const [row] = await reads(list).at.execute({ tenantId, change: middle })
        if (row && row.changedAt < at) low = Math.min(row.change, high)
        else high = middle - 1
      }
      return low
    },
  }
}
