import { and, eq } from 'drizzle-orm'
import { enter } from '../harness/customer.ts'
import { newSupporter } from '../pages/support.ts'
import { inviting } from './account-pages.ts'
import { asSupport, connected, type Prepare, refreshed, type Stage } from './stage.ts'

const openRow = ({ server, customer }: Stage) =>
  server.inDatabase(async ({ q, tables: { connections, tenants } }) => {
    const [row] = await q
      .select({ id: connections.id, name: tenants.name })
      .from(connections)
      .innerJoin(tenants, eq(tenants.id, connections.tenantId))
      .where(and(eq(tenants.id, customer.tenantId), eq(connections.provider, 'teamleader')))
    return `/support?q=${encodeURIComponent(row?.name ?? '')}&open=${row?.id}`
  })

const revoked = refreshed({ revoke: true })

/** Somebody of support, for what is done without a browser. */
const supporterOf = async ({ server }: Stage) => {
  const { email } = await newSupporter(server)
  const user = await server.compose(async ({ store }) => (await store.accounts.findSignIn(email))?.user)
  if (user?.role !== 'support') throw new Error('nobody of support is there')
  return user
}

/** Archived, with its data taken along. */
const archived = async (stage: Stage) => {
  await connected(stage)
  const support = await supporterOf(stage)
  await stage.server.compose(async ({ store, manageTenants, exportTenant }) => {
    const tenant = await store.accounts.findTenant(stage.customer.tenantId)
    if (!tenant) throw new Error('the tenant is not there')
    await manageTenants.archive(support, tenant)
    for await (const _ of await exportTenant(tenant, { kind: 'operator' }));
  })
}

const noted = async (stage: Stage) => {
  await revoked(stage)
  const support = await supporterOf(stage)
  const { tenantId } = stage.customer
  await stage.server.compose(async ({ store, noteIncident }) => {
    const [incident] = await store.incidents.listLately(tenantId, 1)
    if (!incident) throw new Error('there was no incident')
    const text = 'Rappelé trois fois : Mme Peeters est en congé, et s’en occupe lundi matin avec son comptable.'
    await noteIncident(support, { tenantId, incidentId: incident.id, notedAt: null }, text)
  })
}

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
  'an open row of support’s list': asSupport(openRow, revoked),
  'an archived customer': asSupport(({ customer }) => `/support/${customer.tenantId}`, archived),
  'the archived customers': asSupport(() => '/support?state=archived', archived),
  'whom support would ask to reconnect': asSupport(() => '/support/demander?for=reconnect', revoked),
  'a note on an incident': asSupport(({ customer }) => `/support/${customer.tenantId}`, noted),
  'a customer as support sees it': asSupport(({ customer }) => `/support/${customer.tenantId}`),
}
