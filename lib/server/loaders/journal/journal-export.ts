import 'server-only'
import { getLocale, getTranslations } from 'next-intl/server'
import { container } from '#lib/composition/container.ts'
import { belgianDay, belgianTime } from '#lib/domain/calendar-day.ts'
import { outcomeOf } from '#lib/domain/journal/journal-outcome.ts'
import type { JournalLine } from '#lib/domain/journal/journal-view.ts'
import { requireAdmin } from '#lib/server/auth/session.ts'
import { type Cell, csvName, csvResponse } from '#lib/server/http/csv-response.ts'
import { type FormattedEntry, formatterOf } from './journal-messages.ts'
import { filterOf, readQuery } from './journal-query.ts'
import { termsOf } from './journal-terms.ts'

/** What the filter of « Journal » shows, all pages of it, as a file. */
export const exportJournal = async (request: Request): Promise<Response> => {
  const admin = await requireAdmin()
  const query = readQuery(Object.fromEntries(new URL(request.url).searchParams))
  const [{ store, exportJournal: exporting, clock }, t, locale] = await Promise.all([
    container(),
    getTranslations(),
    getLocale(),
  ])
  const { format } = formatterOf(t)
  const { show, outcome, from, to } = query
  const asked = { show, outcome, from: from || null, to: to || null }
  const terms = termsOf(query.typed, t, await store.journal.people(admin.tenantId))
  const batches = await exporting(admin, filterOf(query, admin, terms), asked)

  const colon = t('journal.column.colon')
  const factsIn = ({ facts }: FormattedEntry) => facts.map(({ label, value }) => label + colon + value).join(' | ')
  const rowOf = (line: JournalLine): Cell[] => {
    const entry = format(line)
    return [
      belgianTime(entry.at),
      entry.at.toISOString(),
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
    t('journal.column.at'),
    t('journal.column.utc'),
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
  const name = csvName(t('journal.title'), admin.tenantName, from, to || belgianDay(clock.now()))
  return csvResponse({ name, locale, head }, rows())
}
