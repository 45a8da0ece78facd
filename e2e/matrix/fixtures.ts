import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Database } from '../../lib/adapters/store/engine/database.ts'
import type { Container } from '../../lib/composition/container.ts'
import { linkOf } from '../../lib/domain/accounts/one-time-link.ts'
import type { TenantId } from '../../lib/domain/accounts/tenant.ts'
import type { Admin } from '../../lib/domain/accounts/user.ts'
import type { ProviderId } from '../../lib/domain/connections/provider.ts'
import type { ListId } from '../../lib/domain/sync/list.ts'
import { jeanBaptiste } from '../../lib/sandbox/teamleader/seeds.ts'
import type { AppServer } from '../harness/app-server.ts'
import type { Customer } from '../harness/customer.ts'

const operator = { kind: 'operator' } as const

export const password = 'quatre mots à la suite'

export const invent = (what: string) => `${what}-${randomUUID()}@atelier-delvaux.example`

/** A second account was consented to, and waits for an answer; téo and V1 are there as well. */
const connectRest = async ({ sandbox, url }: AppServer, app: Container, admin: Admin, { integration }: Customer) => {
  const record = await app.store.authorizations.find(admin.tenantId, 'teamleader')
  if (!record) throw new Error('the connection is not there')
  const asked = { clientId: integration.clientId, redirectUri: `${url}/oauth/callback`, user: jeanBaptiste.email }
  await app.redeemPastedCode.paste(admin, record, (await sandbox.authorize(asked)).code, null)
  const [teo, v1] = [await sandbox.enrol(), await sandbox.issueV1Keys()]
  const collect = async (provider: ProviderId, clientId: string, clientSecret: string, target?: string) => {
    const typed = { revision: 0, enabled: true, clientId, clientSecret, ...(target && { target }) }
    await app.saveSettings(admin, provider, typed)
    await app.requestClientCredentials(admin, provider, true)
  }
  await collect('teo', teo.clientId, teo.clientSecret, teo.teoId)
  await collect('teamleader-v1', v1.group, v1.secret)
  return { teoClient: teo.clientId, teoSecret: teo.clientSecret, v1Secret: v1.secret }
}

/** What the background does for a new connection, now and once: its lists are read no more but for the dossiers, hourly. */
const finishBackground = async ({ copies, controlSync, webhooks }: Container, admin: Admin) => {
  await copies.adopt()
  for (const list of ['companies', 'contacts', 'departments'] as const) await controlSync.stop(admin, list)
  await copies.readDue()
  await webhooks.beginDue()
  await webhooks.settle()
}

/** Somebody of tenant A who lost their password, and was given a link. */
const forgetPassword = async (app: Container, admin: Admin) => {
  const email = invent('forgetful')
  const account = { email, role: 'reader', tenantId: admin.tenantId, password } as const
  const { userId } = await app.createAccounts.addUser(account, operator)
  const link = app.random.secret()
  await app.store.accounts.addLink(linkOf('password', app.random.hash(link), userId, new Date()), null)
  return { userId, link }
}

/** What tenant A has that a form or an address can name, and values of it that are nobody else's. */
export const leaveTraces = async (server: AppServer, app: Container, admin: Admin, customer: Customer) => {
  const rest = await connectRest(server, app, admin, customer)
  await finishBackground(app, admin)
  const { userId, link } = await forgetPassword(app, admin)
  const invited = { email: invent('invited'), role: 'admin', password: null } as const
  const { token } = await app.createAccounts.addUser({ ...invited, tenantId: admin.tenantId }, operator)
  const typed = { name: 'Compta', tenantId: admin.tenantId, scopes: ['teo:token'] }
  const key = await app.manageApiKeys.create(typed, operator)
  const tokenSet = await app.getAccessToken.obtain({ tenantId: admin.tenantId, provider: 'teamleader', minTtlMs: 0 })
  return {
    ids: {
      tenantId: admin.tenantId,
      userId,
      passwordLink: link,
      state: await app.startAuthorization.begin(admin, 'teamleader', app.random.secret()),
      invitation: token ?? '',
      keyPrefix: key?.slice(3, 15) ?? '',
    },
    secrets: {
      'client secret of tenant A': customer.integration.clientSecret,
      'téo secret of tenant A': rest.teoSecret,
      'V1 secret of tenant A': rest.v1Secret,
      'token of tenant A': tokenSet.accessToken,
    },
    canaries: {
      'name of tenant A': admin.tenantName,
      'admin of tenant A': admin.email,
      'client of tenant A': customer.integration.clientId,
      'téo client of tenant A': rest.teoClient,
      'invited by tenant A': invited.email,
    },
  }
}

/** A mail that was sent long since: nothing in the background will touch it. */
export const leaveMail = async ({ q, tables: { deliveries, users } }: Database, { tenantId, email }: Customer) => {
  const [admin] = await q.select().from(users).where(eq(users.email, email))
  const id = randomUUID()
  const sentAt = new Date()
  const sent = { createdAt: sentAt, deliveredAt: sentAt, dueAt: null, attempts: 1, payload: {} }
  const what = { channel: 'mail', kind: 'alert', onceKey: id } as const
  await q.insert(deliveries).values({ id, tenantId, userId: admin?.id ?? null, ...what, ...sent })
  return id
}

/** Leaves the lists of a tenant alone for a day: that they are read is no door's doing. */
export const postponeReading = async ({ q, tables: { syncStates } }: Database, tenantId: TenantId) => {
  const dueAt = new Date(Date.now() + 24 * 3600 * 1000)
  await q.update(syncStates).set({ dueAt }).where(eq(syncStates.tenantId, tenantId))
}

/** A record of each list, by the number in its address; kept, so that no reading takes away what its provider never had. */
export const leaveRecords = async ({ q, tables }: Database, { tenantId }: Customer) => {
  const name = `Fiche ${randomUUID()}`
  const id = randomUUID()
  const now = new Date()
  const insert = async (list: ListId) => {
    const row = { tenantId, providerId: id, name, sortName: name, sortAt: now, digest: '', change: 1, changedAt: now }
    const [made] = await q
      .insert(tables[list])
      .values({ ...row, body: { id, name }, keptAt: now })
      .returning({ n: tables[list].n })
    return made?.n ?? 0
  }
  const [companies, contacts, departments, dossiers] = [
    await insert('companies'),
    await insert('contacts'),
    await insert('departments'),
    await insert('dossiers'),
  ]
  return { records: { companies, contacts, departments, dossiers }, recordId: id, recordName: name }
}

/** A connection of a tenant as it stands now. */
export const readConnection = async (
  { q, tables: { connections } }: Database,
  tenantId: TenantId,
  provider: ProviderId = 'teamleader',
) => {
  const which = and(eq(connections.tenantId, tenantId), eq(connections.provider, provider))
  const [row] = await q.select().from(connections).where(which)
  return { revision: String(row?.revision ?? 0), candidateId: row?.candidateId ?? '' }
}
