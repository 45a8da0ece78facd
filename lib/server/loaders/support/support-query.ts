import { type ProviderId, providerIds } from '#lib/domain/connections/provider.ts'
import {
  type ConsoleCursor,
  type ConsolePlace,
  type ConsoleSort,
  type CopyStatus,
  copyStatuses,
  type Urgency,
  urgencies,
} from '#lib/domain/support/console-view.ts'

/** What the address of support's list asks for; what it says wrong counts as unsaid. */
export interface SupportQuery {
  typed: string
  urgency: Urgency | null
  /** Only connections of archived customers, by name. */
  archived: boolean
  provider: ProviderId | null
  /** Only those with an authorization that failed since yesterday. */
  failed: boolean
  /** Only those with a copy that stands so. */
  copy: CopyStatus | null
  sort: ConsoleSort
  cursor: ConsoleCursor | null
  /** The connection whose row is open, by id. */
  open: string | null
}

export type Params = Record<string, string | string[] | undefined>

const longestTyped = 200

const sorts = new Map<string, ConsoleSort>([
  ['state', { by: 'urgency', descending: false }],
  ['-state', { by: 'urgency', descending: true }],
  ['name', { by: 'name', descending: false }],
  ['-name', { by: 'name', descending: true }],
])

export const sortName = ({ by, descending }: ConsoleSort) =>
  `${descending ? '-' : ''}${by === 'name' ? 'name' : 'state'}`

/** As long as a name may be, folded: some letters become two. */
const longestName = 500

const isPlace = (parts: unknown): parts is [number, number, string, string] => {
  if (!Array.isArray(parts) || parts.length !== 4) return false
  const [rank, since, sortName, id] = parts as unknown[]
  const times = Number.isSafeInteger(since) && Math.abs(since as number) < 1e14
  const named = typeof sortName === 'string' && sortName.length <= longestName && !/\p{C}/u.test(sortName)
  return urgencies[rank as number] !== undefined && times && named && /^[\w-]{1,64}$/.test(String(id))
}

const readPlace = (text: string): ConsolePlace | null => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!isPlace(parts)) return null
    const [rank, since, sortName, id] = parts
    return { rank, since: new Date(since), sortName, id }
  } catch {
    return null
  }
}

const writePlace = ({ rank, since, sortName, id }: ConsolePlace) =>
  Buffer.from(JSON.stringify([rank, since.getTime(), sortName, id])).toString('base64url')

export const readQuery = (params: Params): SupportQuery => {
  const text = (name: string) => {
    const value = params[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const [after, before] = [readPlace(text('after')), readPlace(text('before'))]
  const place = after ?? before
  const archived = text('state') === 'archived'
  const sort = sorts.get(text('sort')) ?? { by: 'urgency', descending: false }
  return {
    typed: text('q').slice(0, longestTyped),
    urgency: urgencies.find((urgency) => urgency === text('state')) ?? null,
    archived,
    provider: providerIds.find((provider) => provider === text('connection')) ?? null,
    failed: text('failed') === 'yes',
    copy: copyStatuses.find((status) => status === text('copy')) ?? null,
    sort: archived ? { by: 'name', descending: sort.by === 'name' && sort.descending } : sort,
    cursor: place && { place, backward: after === null },
    open: /^[\w-]{1,64}$/.test(text('open')) ? text('open') : null,
  }
}

/** The same as an address. */
export const hrefOf = ({
  typed,
  urgency,
  archived,
  provider,
  failed,
  copy,
  sort,
  cursor,
  open,
}: SupportQuery): string => {
  const sorted = sortName(sort)
  const plain = archived ? 'name' : 'state'
  const params = new URLSearchParams({
    ...(typed && { q: typed }),
    ...(urgency && { state: urgency }),
    ...(archived && { state: 'archived' }),
    ...(provider && { connection: provider }),
    ...(failed && { failed: 'yes' }),
    ...(copy && { copy }),
    ...(sorted !== plain && { sort: sorted }),
    ...(cursor && { [cursor.backward ? 'before' : 'after']: writePlace(cursor.place) }),
    ...(open && { open }),
  }).toString()
  // an open row stays in sight
  return `/support${params && `?${params}`}${open ? `#${open}` : ''}`
}

/** What the list can be narrowed to. */
export const shownStates = urgencies
export const shownConnections = providerIds
export const shownCopies = copyStatuses

export const everything: SupportQuery = readQuery({})
