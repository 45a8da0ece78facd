import type { User } from '#lib/domain/accounts/user.ts'
import { calendarOf, isDay, zoneOf } from '#lib/domain/calendar-day.ts'
import {
  actorGroups,
  eventsOfKind,
  type JournalActor,
  type JournalFilter,
  type JournalKind,
  type JournalPlace,
  type JournalTerm,
  journalKinds,
  routine,
} from '#lib/domain/journal/journal-view.ts'

export { actorGroups }

export const shownSets = ['essential', 'everything', ...journalKinds] as const

/** What the address of « Journal » asks for; what it says wrong counts as unsaid. */
export interface JournalQuery {
  show: 'essential' | 'everything' | JournalKind
  outcome: 'ok' | 'failed' | null
  /** Words to look for, as they were typed. */
  typed: string
  who: JournalActor | null
  /** Days of the viewer's calendar, `2026-11-22`, or empty. */
  from: string
  to: string
  after: JournalPlace | null
}

export type Params = Record<string, string | string[] | undefined>

const readPlace = (text: string): JournalPlace | null => {
  const [, ms, id] = /^(\d{1,14})-([\w-]{1,64})$/.exec(text) ?? []
  return ms && id ? { at: new Date(Number(ms)), id } : null
}

const writePlace = ({ at, id }: JournalPlace) => `${at.getTime()}-${id}`

const readWho = (text: string): JournalActor | null => {
  const group = actorGroups.find((one) => one === text)
  if (group) return { group }
  return /^[\w-]{1,64}$/.test(text) ? { userId: text } : null
}

/** As the address says it. */
export const writeWho = (who: JournalActor): string => ('group' in who ? who.group : who.userId)

const longestTyped = 200

export const readQuery = (params: Params): JournalQuery => {
  const text = (name: string) => {
    const value = params[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const day = (name: string) => (isDay(text(name)) ? text(name) : '')
  return {
    show: shownSets.find((set) => set === text('show')) ?? 'essential',
    outcome: (['ok', 'failed'] as const).find((outcome) => outcome === text('outcome')) ?? null,
    typed: text('q').slice(0, longestTyped),
    who: readWho(text('who')),
    from: day('from'),
    to: day('to'),
    after: readPlace(text('after')),
  }
}

/** The same as an address's query, `?` included; empty when it asks for nothing special. */
export const writeQuery = ({ show, outcome, typed, who, from, to, after }: JournalQuery): string => {
  const params = new URLSearchParams({
    ...(typed && { q: typed }),
    ...(who && { who: writeWho(who) }),
    ...(show !== 'essential' && { show }),
    ...(outcome && { outcome }),
    ...(from && { from }),
    ...(to && { to }),
    ...(after && { after: writePlace(after) }),
  }).toString()
  return params && `?${params}`
}

/** @param viewer whose eyes it is for, and whose days; @param terms what the typed words may stand for */
export const filterOf = (
  { show, outcome, who, from, to }: JournalQuery,
  viewer: Pick<User, 'role' | 'timeZone'>,
  terms: readonly JournalTerm[],
): JournalFilter => {
  const { startOf, endOf } = calendarOf(zoneOf(viewer))
  return {
    events: show === 'essential' || show === 'everything' ? null : eventsOfKind(show),
    without: show === 'essential' ? routine : [],
    outcome,
    who,
    terms,
    from: startOf(from),
    until: endOf(to),
    addresses: viewer.role !== 'reader',
  }
}
