import type { User } from '#lib/domain/accounts/user.ts'
import { endOfDay, startOfDay } from '#lib/domain/calendar-day.ts'
import {
  eventsOfKind,
  type JournalFilter,
  type JournalKind,
  type JournalPlace,
  journalKinds,
  routine,
} from '#lib/domain/journal/journal-view.ts'

export const shownSets = ['essential', 'everything', ...journalKinds] as const

/** What the address of « Journal » asks for; what it says wrong counts as unsaid. */
export interface JournalQuery {
  show: 'essential' | 'everything' | JournalKind
  outcome: 'ok' | 'failed' | null
  /** Days of Belgium, `2026-11-22`, or empty. */
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

export const readQuery = (params: Params): JournalQuery => {
  const text = (name: string) => {
    const value = params[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const day = (name: string) => (startOfDay(text(name)) ? text(name) : '')
  return {
    show: shownSets.find((set) => set === text('show')) ?? 'essential',
    outcome: (['ok', 'failed'] as const).find((outcome) => outcome === text('outcome')) ?? null,
    from: day('from'),
    to: day('to'),
    after: readPlace(text('after')),
  }
}

/** The same as an address's query, `?` included; empty when it asks for nothing special. */
export const writeQuery = ({ show, outcome, from, to, after }: JournalQuery): string => {
  const params = new URLSearchParams({
    ...(show !== 'essential' && { show }),
    ...(outcome && { outcome }),
    ...(from && { from }),
    ...(to && { to }),
    ...(after && { after: writePlace(after) }),
  }).toString()
  return params && `?${params}`
}

/** @param role whose eyes it is for */
export const filterOf = ({ show, outcome, from, to }: JournalQuery, { role }: Pick<User, 'role'>): JournalFilter => ({
  events: show === 'essential' || show === 'everything' ? null : eventsOfKind(show),
  without: show === 'essential' ? routine : [],
  outcome,
  from: startOfDay(from),
  until: endOfDay(to),
  addresses: role !== 'reader',
})
