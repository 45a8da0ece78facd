import 'server-only'
import { getLocale, getTranslations } from 'next-intl/server'
import { container } from '#lib/composition/container.ts'
import type { Admin, SupportUser } from '#lib/domain/accounts/user.ts'
import { calendarOf, zoneOf } from '#lib/domain/calendar-day.ts'
import { outcomeOf } from '#lib/domain/journal/journal-outcome.ts'
import type { JournalLine } from '#lib/domain/journal/journal-view.ts'
import { requireAdmin, requireSupport } from '#lib/server/auth/session.ts'
import { type Cell, csvName, csvResponse } from '#lib/server/http/csv-response.ts'
import { type FormattedEntry, formatterOf } from './journal-messages.ts'
import { filterOf, readQuery } from './journal-query.ts'
import { termsOf } from './journal-terms.ts'

const exportFor = async (user: Admin | SupportUser, request: Request): Promise<Response> => {
  const ofAll = user.role === 'support'
  const query = readQuery(Object.fromEntries(new URL(request.url).searchParams))
  const [{ store, exportJournal: exporting, clock }, t, locale] = await Promise.all([
    container(),
    getTranslations(),
    getLocale(),
  ])
  const { format } = formatterOf(t, ofAll)
  const { show, outcome, from, to } = query
  const asked = { show, outcome, from: from || null, to: to || null }
  const terms = termsOf(query.typed, t, await store.journal.people(ofAll ? 'all' : user.tenantId))
  const batches = await exporting(user, filterOf(query, user, terms), asked)

  const timeZone = zoneOf(user)
  const { timeOf, dayOf } = calendarOf(timeZone)
  const colon = t('journal.column.colon')
  const factsIn = ({ facts }: FormattedEntry) => facts.map(({ label, value }) => label + colon + value).join(' | ')
  const rowOf = (line: JournalLine): Cell[] => {
    const entry = format(line)
    return [
      timeOf(entry.at),
      entry.at.toISOString(),
      ...(ofAll ? [entry.tenant?.name ?? null] : []),
      entry.what,
      entry.provider,
      entry.who,
      entry.ip,
      entry.failed ? t('journal.failed') : entry.outcome,
      entry.failed ? entry.outcome : null,
      factsIn(entry),
      line.event,
      outcomeOf(line),
    ]
  }
  async function* rows() {
    for await (const lines of batches) yield lines.map(rowOf)
  }

  const head = [
    t('journal.column.at', { timeZone }),
    t('journal.column.utc'),
    ...(ofAll ? [t('journal.fact.tenant')] : []),
    t('journal.what'),
    t('journal.column.provider'),
    t('journal.who'),
    t('journal.column.address'),
    t('journal.outcome'),
    t('journal.column.cause'),
    t('journal.details'),
    t('journal.column.event'),
    t('journal.column.code'),
  ]
  const name = csvName(t('journal.title'), ofAll ? t('shell.support') : user.tenantName, from, to || dayOf(clock.now()))
  return csvResponse({ name, locale, head }, rows())
}

/** What the filter of « Journal » shows, all pages of it, as a file. */
export const exportJournal = async (request: Request): Promise<Response> => exportFor(await requireAdmin(), request)

/** The same of the journal over all customers. */
export const exportWholeJournal = async (request: Request): Promise<Response> =>
  exportFor(await requireSupport(), request)
