import 'server-only'
import { getLocale, getTranslations } from 'next-intl/server'
import { container } from '#lib/composition/container.ts'
import { calendarOf, zoneOf } from '#lib/domain/calendar-day.ts'
import { requireSupport } from '#lib/server/auth/session.ts'
import { type Cell, csvName, csvResponse } from '#lib/server/http/csv-response.ts'
import { viewOf } from './support-page.ts'
import { readQuery } from './support-query.ts'

/** What the address of support's list shows, all pages of it, as a file. */
export const exportConnections = async (request: Request): Promise<Response> => {
  const support = await requireSupport()
  const { timeOf, dayOf } = calendarOf(zoneOf(support))
  const query = readQuery(Object.fromEntries(new URL(request.url).searchParams))
  const [{ exportConsole, clock }, t, locale] = await Promise.all([container(), getTranslations(), getLocale()])
  const batches = await exportConsole(support, viewOf(query, clock.now()))
  const instant = (at: Date | null): Cell => at && timeOf(at)
  async function* rows() {
    for await (const page of batches)
      yield page.map(({ tenant, archivedAt, provider, urgency, status, nextAttemptAt }): Cell[] => [
        tenant.name,
        tenant.ref,
        tenant.id,
        t(`console.provider.${provider}`),
        archivedAt ? t('console.archived.label') : t(`console.headline.${urgency}.label`),
        status.reason,
        instant(status.since),
        instant(status.lastSuccessAt),
        instant(nextAttemptAt),
        instant(archivedAt),
      ])
  }
  const head = [
    t('console.column.client'),
    t('console.tenant.reference'),
    t('console.tenant.id'),
    t('console.column.connection'),
    t('console.column.state'),
    t('console.fact.code'),
    t('console.fact.since'),
    t('console.column.lastSuccess'),
    t('console.column.nextAttempt'),
    t('console.archived.label'),
  ]
  return csvResponse({ name: csvName(t('console.title'), dayOf(clock.now())), locale, head }, rows())
}
