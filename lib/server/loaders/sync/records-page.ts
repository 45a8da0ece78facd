import 'server-only'
import { notFound } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { erasableLists } from '#lib/domain/privacy/erasable-list.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import { providerLink } from '#lib/domain/sync/records/provider-link.ts'
import type { RecordView } from '#lib/domain/sync/records/record-view.ts'
import { recordPrefixesOf } from '#lib/domain/sync/records/record-words.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import { requireMember } from '#lib/server/auth/session.ts'
import { accessOf } from './copies.ts'
import { type Params, type RecordQuery, readQuery } from './record-query.ts'

/** Statuses and languages that a list offers to be narrowed by. */
const mostValues = 8
/** What holds neither a letter nor a digit finds nothing: no word begins like this. */
const unfindable = ['-']

export type RecordsPage = Awaited<ReturnType<typeof readRecords>>
export type RecordPage = Awaited<ReturnType<typeof readRecord>>
export type ShownRecord = RecordsPage['page']['rows'][number]

/** Why a list shows nothing. */
type Reason = 'unconnected' | 'waiting' | 'first' | 'unfound' | 'forbidden' | 'none'

/** Whether records of a list tell when they changed. */
export const isDated = (list: ListId) => syncedLists[list].updatedField !== null

/** The number of a record, as its address has it. */
export const numberIn = (text: string): number | null => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null)

/** @param query as the address asks */
export const viewOf = ({ typed, status, facet, sort }: RecordQuery): RecordView => {
  const prefixes = recordPrefixesOf(typed)
  return { prefixes: typed !== '' && prefixes.length === 0 ? unfindable : prefixes, status, facet, sort }
}

/** A list of the member's own tenant, as its address asks for it. */
export const readRecords = async (list: ListId, params: Params) => {
  const { tenantId, role } = await requireMember()
  const { listRecords, store, clock } = await container()
  const now = clock.now()
  const of = { tenantId, list }
  const query = readQuery(params, isDated(list))
  const [page, copy, statuses, facets] = await Promise.all([
    listRecords.page(of, viewOf(query), query.cursor),
    store.records.copy(of),
    store.records.values(of, 'status', mostValues),
    store.records.values(of, 'facet', mostValues),
  ])
  const count = await listRecords.count(of, copy?.change ?? 0)
  const refused = copy?.failure === 'read_forbidden'
  const whyEmpty = async (): Promise<Reason | null> => {
    if (page.rows.length > 0) return null
    if (count > 0) return 'unfound'
    if (refused) return 'forbidden'
    const access = await accessOf(tenantId, syncedLists[list].provider, now)
    if (access !== 'works') return access === 'disconnected' ? 'unconnected' : 'waiting'
    return copy?.completeAt ? 'none' : 'first'
  }
  return {
    ...{ list, query, page, copy, count, refused, now },
    provider: syncedLists[list].provider,
    values: { status: statuses, facet: facets },
    empty: await whyEmpty(),
    mayExport: role === 'admin',
  }
}

/** One record of the member's own tenant, what it is linked with, and where it is opened; 404 for any other. */
export const readRecord = async (list: ListId, id: string) => {
  const { tenantId, role } = await requireMember()
  const { store, clock, env, linkedRecords } = await container()
  const of = { tenantId, list }
  const n = numberIn(id)
  const record = n === null ? null : await store.records.find(of, n)
  if (!record) return notFound()
  const linked = async () => {
    if (list === 'contacts')
      return { list: 'companies', records: await linkedRecords.companiesOf(tenantId, record.id) } as const
    if (list === 'companies')
      return { list: 'contacts', records: await linkedRecords.contactsOf(tenantId, record.id) } as const
    return null
  }
  const [copy, links] = await Promise.all([store.records.copy(of), linked()])
  return {
    ...{ list, record, copy, links },
    fields: syncedLists[list].fields,
    opens: providerLink(record.body.web_url, env.teamleader.oauthUrl),
    erasable: role === 'admin' ? (erasableLists.find((each) => each === list) ?? null) : null,
    now: clock.now(),
  }
}
