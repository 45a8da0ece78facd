import 'server-only'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { container } from '#lib/composition/container.ts'
import { calendarOf, zoneOf } from '#lib/domain/calendar-day.ts'
import type { ErasableList } from '#lib/domain/privacy/erasable-list.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import { linesOf } from '#lib/domain/sync/records/field-text.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import { requireAdmin } from '#lib/server/auth/session.ts'
import { type Cell, csvName, csvResponse } from '#lib/server/http/csv-response.ts'
import { readQuery } from './record-query.ts'
import { isDated, numberIn, viewOf } from './records-page.ts'

/** What the address of a list shows, all pages of it, as a file with all the fields that are kept. */
export const exportList =
  (list: ListId) =>
  async (request: Request): Promise<Response> => {
    const admin = await requireAdmin()
    const query = readQuery(Object.fromEntries(new URL(request.url).searchParams), isDated(list))
    const [{ exportRecords, clock }, t, locale] = await Promise.all([
      container(),
      getTranslations('lists'),
      getLocale(),
    ])
    const { fields } = syncedLists[list]
    const words = { yes: t('yes'), no: t('no') }
    const batches = await exportRecords(admin, list, viewOf(query))
    async function* rows() {
      for await (const records of batches)
        yield records.map(({ body }) => fields.map((field): Cell => linesOf(body[field], words).join(', ') || null))
    }
    const head = fields.map((field) => t(`field.${field}` as 'field.name'))
    const today = calendarOf(zoneOf(admin)).dayOf(clock.now())
    const name = csvName(t(`title.${list}`), admin.tenantName, today)
    return csvResponse({ name, locale, head }, rows())
  }

/** All that is copied of one person, company or dossier, as a file for whom it is about. */
export const exportOne =
  (list: ErasableList) =>
  async (_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> => {
    const admin = await requireAdmin()
    const { exportRecord } = await container()
    const n = numberIn((await params).id)
    const text = n === null ? null : await exportRecord(admin, list, n)
    if (text === null) return notFound()
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${list}-${n}.json"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    }
    return new Response(text, { headers })
  }
