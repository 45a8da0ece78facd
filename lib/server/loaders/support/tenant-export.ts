import 'server-only'
import { redirect } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { calendarOf, zoneOf } from '#lib/domain/calendar-day.ts'
import { actorOf } from '#lib/domain/journal/journal-entry.ts'
import { isConfirmedNow } from '#lib/server/auth/confirmation.ts'
import { requireSupport, requireTenant } from '#lib/server/auth/session.ts'

/** All that is kept of a customer, for whoever proved a short while ago who they are; others are asked on the page. */
export const exportTenant = async (
  _: Request,
  { params }: { params: Promise<{ tenantId: string }> },
): Promise<Response> => {
  const support = await requireSupport()
  const tenant = await requireTenant((await params).tenantId)
  if (!(await isConfirmedNow())) return redirect(`/support/${tenant.id}#customer`)
  const { exportTenant, clock } = await container()
  const day = calendarOf(zoneOf(support)).dayOf(clock.now())
  const pieces = (await exportTenant(tenant, actorOf(support)))[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>({
    pull: async (stream) => {
      const { done, value } = await pieces.next()
      if (done) stream.close()
      else stream.enqueue(value)
    },
    cancel: async () => {
      await pieces.return?.()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="porte-cles_${tenant.id}_${day}.zip"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
