import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Database } from '../../lib/adapters/store/database.ts'
import type { Admin } from '../../lib/domain/user.ts'
import { jeanBaptiste } from '../../lib/sandbox/seeds.ts'
import type { Container } from '../../lib/server/container.ts'
import { sealSession, sessionCookie } from '../../lib/server/session-cookie.ts'
import { connectAhead } from '../connection.ts'
import type { House } from '../house.ts'
import { type Customer, newCustomer } from '../journey.ts'

/** Of tenant A, whose data it is all about: `admin`, `reader`, `deactivated`. `stranger` is an admin of tenant B. */
export const roles = ['nobody', 'admin', 'reader', 'stranger', 'support', 'deactivated'] as const
export type Role = (typeof roles)[number]

type Person = Pick<Customer, 'email' | 'password'>

const operator = { kind: 'operator' } as const

const hire = async (app: Container, role: 'admin' | 'reader' | 'support', tenantId: Customer['tenantId'] | null) => {
  const person = { email: `${role}-${randomUUID()}@atelier-delvaux.example`, password: 'quatre mots à la suite' }
  await app.addAccounts.addUser({ ...person, role, tenantId }, operator)
  return person
}

const enter = async (app: Container, person: Person): Promise<string> => {
  const session = await app.signIn.begin({ ...person, address: null })
  return `${sessionCookie(app).name}=${await sealSession(session, app)}`
}

/** What tenant A has that a form or an address can name: an account that waits, a departure, an invitation. */
const leaveTraces = async (house: House, app: Container, admin: Admin, { integration }: Customer) => {
  const record = await app.store.authorizations.find(admin.tenantId, 'teamleader')
  if (!record) throw new Error('the connection is not there')
  const asked = { clientId: integration.clientId, redirectUri: `${house.url}/oauth/callback`, user: jeanBaptiste.email }
  const { code } = await house.sandbox.authorize(asked)
  await app.redeemPastedCode.paste(admin, record, code, null)
  const invited = { email: `invited-${randomUUID()}@atelier-delvaux.example`, role: 'admin', password: null } as const
  const { token } = await app.addAccounts.addUser({ ...invited, tenantId: admin.tenantId }, operator)
  return {
    tenantId: admin.tenantId,
    state: await app.depart.begin(admin, 'teamleader', app.random.secret()),
    invitation: token ?? '',
    invited: invited.email,
  }
}

/** A mail that was sent long since: nothing in the background will touch it. */
const leaveMail = async ({ q, tables: { deliveries, users } }: Database, { tenantId, email }: Customer) => {
  const [admin] = await q.select().from(users).where(eq(users.email, email))
  const id = randomUUID()
  const sentAt = new Date()
  const sent = { createdAt: sentAt, deliveredAt: sentAt, dueAt: null, attempts: 1, payload: {} }
  const what = { channel: 'mail', kind: 'alert', onceKey: id } as const
  await q.insert(deliveries).values({ id, tenantId, userId: admin?.id ?? null, ...what, ...sent })
  return id
}

/** Tenant A, connected; tenant B; and somebody of each role, signed in. */
export const gather = async (house: House, db: Database) => {
  const {
    q,
    tables: { users, connections },
  } = db
  const [a, b] = [await newCustomer(house), await newCustomer(house)]
  await connectAhead(house, a)
  const { people, ids, tenantName, token } = await house.compose(async (app) => {
    const admin = (await app.store.accounts.findSignIn(a.email))?.user
    if (admin?.role !== 'admin') throw new Error('the admin is not there')
    const hired = {
      reader: await hire(app, 'reader', a.tenantId),
      support: await hire(app, 'support', null),
      deactivated: await hire(app, 'admin', a.tenantId),
    }
    return {
      people: { admin: a, stranger: b, ...hired } satisfies Record<Exclude<Role, 'nobody'>, Person>,
      ids: await leaveTraces(house, app, admin, a),
      tenantName: admin.tenantName,
      token: (await app.obtainToken.obtain({ tenantId: a.tenantId, provider: 'teamleader', minTtlMs: 0 })).accessToken,
    }
  })
  /** A new session of somebody, as a cookie. */
  const signInAs = (role: Role) =>
    role === 'nobody' ? Promise.resolve('') : house.compose((app) => enter(app, people[role]))
  const cookies = Object.fromEntries(
    await Promise.all(roles.map(async (role) => [role, await signInAs(role)] as const)),
  ) as Record<Role, string>
  await q.update(users).set({ disabledAt: new Date() }).where(eq(users.email, people.deactivated.email))
  const delivery = await leaveMail(db, a)
  /** The connection of tenant A as it stands now. */
  const connection = async () => {
    const [row] = await q.select().from(connections).where(eq(connections.tenantId, a.tenantId))
    return { revision: String(row?.revision ?? 0), candidateId: row?.candidateId ?? '' }
  }
  return {
    house,
    people,
    ids: { ...ids, delivery },
    cookies,
    connection,
    signInAs: (role: Role) => (role === 'deactivated' ? Promise.resolve(cookies.deactivated) : signInAs(role)),
    /** No answer holds one of these. */
    secrets: { 'client secret of tenant A': a.integration.clientSecret, 'token of tenant A': token },
    /** Only people of tenant A may read these, and support on its own pages. */
    canaries: {
      'name of tenant A': tenantName,
      'admin of tenant A': a.email,
      'reader of tenant A': people.reader.email,
      'client of tenant A': a.integration.clientId,
      'invited by tenant A': ids.invited,
    },
  }
}

export type Cast = Awaited<ReturnType<typeof gather>>
