import 'server-only'
import { container } from '#lib/composition/container.ts'
import { tenantOf } from '#lib/domain/accounts/user.ts'
import { calendarOf, zoneOf } from '#lib/domain/calendar-day.ts'
import { actorOf } from '#lib/domain/journal/journal-entry.ts'
import { requireUser } from '#lib/server/auth/session.ts'

/** « Exporter mes données »: what is kept of whoever is signed in. */
export const exportAccount = async (): Promise<Response> => {
  const user = await requireUser()
  const { exportUser, clock } = await container()
  const text = await exportUser({ id: user.id, tenantId: tenantOf(user) }, actorOf(user))
  return new Response(text, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="porte-cles_${calendarOf(zoneOf(user)).dayOf(clock.now())}.json"`,
      'cache-control': 'no-store',
    },
  })
}
