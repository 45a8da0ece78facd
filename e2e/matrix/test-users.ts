import { eq } from 'drizzle-orm'
import type { Database } from '../../lib/adapters/store/engine/database.ts'
import type { Container } from '../../lib/composition/container.ts'
import type { ProviderId } from '../../lib/domain/connections/provider.ts'
import { jeanBaptiste, marie } from '../../lib/sandbox/teamleader/seeds.ts'
import { sealSession, sessionCookie } from '../../lib/server/auth/session-cookie.ts'
import type { AppServer } from '../harness/app-server.ts'
import { connectAhead } from '../harness/connection.ts'
import { type Customer, newCustomer } from '../harness/customer.ts'
import { invent, leaveMail, leaveRecords, leaveTraces, password, readConnection } from './fixtures.ts'

/** Of tenant A, whose data it is all about: `admin`, `reader`, `deactivated`. `stranger` is an admin of tenant B. */
export const roles = ['nobody', 'admin', 'reader', 'stranger', 'support', 'deactivated'] as const
export type Role = (typeof roles)[number]

const ofSupport = /^(app\/support\/|lib\/server\/actions\/(support|deliveries|tenants)\.ts#)/

/** Support may know whom its own pages tell of. */
export const mayKnow = (role: Role, endpoint: string): boolean =>
  role === 'admin' || role === 'reader' || (role === 'support' && ofSupport.test(endpoint))

type RoleName = Exclude<Role, 'nobody'>

interface Credentials {
  email: string
  password: string
}

const hire = async (app: Container, role: 'admin' | 'reader' | 'support', tenantId: Customer['tenantId'] | null) => {
  const user = { email: invent(role), password }
  await app.createAccounts.addUser({ ...user, role, tenantId }, { kind: 'operator' })
  return user
}

/** @returns the cookie of a new session. */
const enter = async (app: Container, user: Credentials): Promise<string> => {
  const session = await app.signIn.begin({ ...user, ip: null })
  return `${sessionCookie(app).name}=${await sealSession(session, app)}`
}

const enterAll = async (app: Container, users: Record<RoleName, Credentials>) => {
  const entered = Object.entries(users).map(async ([role, user]) => [role, await enter(app, user)] as const)
  return Object.fromEntries([['nobody', ''], ...(await Promise.all(entered))]) as Record<Role, string>
}

/** Tenant A, connected and with something of everything; tenant B; and somebody of each role, signed in. */
export const gather = async (server: AppServer, db: Database) => {
  const [a, b] = [await newCustomer(server), await newCustomer(server)]
  await connectAhead(server, a)
  const {
    users: people,
    cookies,
    ids,
    secrets,
    canaries,
  } = await server.compose(async (app) => {
    const admin = (await app.store.accounts.findSignIn(a.email))?.user
    if (admin?.role !== 'admin') throw new Error('the admin is not there')
    const hired: Record<RoleName, Credentials> = {
      admin: a,
      reader: await hire(app, 'reader', a.tenantId),
      stranger: b,
      support: await hire(app, 'support', null),
      deactivated: await hire(app, 'admin', a.tenantId),
    }
    const traces = await leaveTraces(server, app, admin, a)
    return { users: hired, cookies: await enterAll(app, hired), ...traces }
  })
  const { users } = db.tables
  const [deactivated] = await db.q
    .update(users)
    .set({ disabledAt: new Date() })
    .where(eq(users.email, people.deactivated.email))
    .returning({ id: users.id })
  const { recordName, ...left } = await leaveRecords(db, a)
  return {
    server,
    a,
    b,
    users: people,
    cookies,
    ids: { ...ids, ...left, delivery: await leaveMail(db, a), deactivatedId: deactivated?.id ?? '' },
    connection: (provider?: ProviderId) => readConnection(db, a.tenantId, provider),
    /** No answer holds one of these. */
    secrets,
    /** Nobody who only reads sees these: the addresses of colleagues, and of the connected accounts. */
    addresses: {
      'admin of tenant A': a.email,
      'invited by tenant A': canaries['invited by tenant A'],
      'account at Teamleader': marie.email,
      'other account at Teamleader': jeanBaptiste.email,
    },
    /** Only people of tenant A may read these, and support on its own pages. */
    canaries: { ...canaries, 'reader of tenant A': people.reader.email, 'record of tenant A': recordName },
  }
}

export type MatrixAccounts = Awaited<ReturnType<typeof gather>>
