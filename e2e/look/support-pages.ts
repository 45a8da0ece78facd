import { and, eq } from 'drizzle-orm'
import { enter } from '../harness/customer.ts'
import { newSupporter } from '../pages/support.ts'
import { inviting } from './account-pages.ts'
import { asSupport, type Prepare, refreshed, type Stage } from './stage.ts'

const openRow = ({ server, customer }: Stage) =>
  server.inDatabase(async ({ q, tables: { connections, tenants } }) => {
    const [row] = await q
      .select({ id: connections.id, name: tenants.name })
      .from(connections)
      .innerJoin(tenants, eq(tenants.id, connections.tenantId))
      .where(and(eq(tenants.id, customer.tenantId), eq(connections.provider, 'teamleader')))
    return `/support?q=${encodeURIComponent(row?.name ?? '')}&open=${row?.id}`
  })

export const supportPages: Record<string, Prepare> = {
  'the list of support': asSupport(() => '/support'),
  'the people of support': async (stage) => {
    const supporter = await newSupporter(stage.server)
    await enter(stage.page, stage.server, supporter)
    await inviting('/support/utilisateurs', 'support')(stage)
    return { path: '/support/utilisateurs', reader: supporter.email }
  },
  'the journal over all customers': asSupport(() => '/support/journal'),
  'the history of outages': async (stage) => {
    const hour = 3_600_000
    const ago = (hours: number) => new Date(Date.now() - hours * hour)
    await stage.server.inDatabase(({ q, tables: { outageHistory } }) =>
      q
        .insert(outageHistory)
        .values([
          { id: 'a', provider: 'teo', kind: 'no_answer', since: ago(1) },
          ...(['answered', 'believed', 'restored'] as const).map((outcome, nth) => ({
            ...({ id: outcome, provider: 'teamleader', kind: 'refusals', since: ago(30 + nth * 400) } as const),
            ...{ endedAt: ago(28 + nth * 399), outcome, connections: nth === 2 ? null : 1_204 },
          })),
        ])
        .onConflictDoNothing(),
    )
    return asSupport(() => '/support/pannes')(stage)
  },
  'the keys of the platform': asSupport(() => '/support/cles-api'),
  'a new customer': asSupport(() => '/support/nouveau'),
  'an open row of support’s list': asSupport(openRow, refreshed({ revoke: true })),
  'a customer as support sees it': asSupport(({ customer }) => `/support/${customer.tenantId}`),
}
