import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asc } from 'drizzle-orm'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { type Through, viewConnection } from '#lib/domain/connections/connection-view.ts'
import { settleAfterMs } from '#lib/domain/tokens/refresh-policy.ts'
import { remoteControl } from '#lib/sandbox/control/remote-control.ts'
import { providerSettings } from '#lib/sandbox/provider-settings.ts'
import { startSandbox } from '#lib/sandbox/server.ts'
import { marie } from '#lib/sandbox/teamleader/seeds.ts'
import { moveClockByHand } from '../database/postgres-clock.ts'
import { createDatabase, dropDatabase } from '../database/postgres-databases.ts'

const operator = { kind: 'operator' } as const

/** A clock that only a test moves, beside the monotonic one. */
const handMovedClock = (setShared: (at: Date) => void) => {
  let at = Date.now()
  let passedMs = 0
  const move = (ms: number) => {
    at += ms
    setShared(new Date(at))
  }
  move(0)
  return {
    now: () => new Date(at),
    monotonicMs: () => performance.now() + passedMs,
    /** Sets the system's clock ahead, or back. */
    move,
    /** Makes the process older, and nothing else. */
    age: (ms: number) => {
      passedMs += ms
    },
    /** Lets time pass, by both clocks. */
    pass: (ms: number) => {
      move(ms)
      passedMs += ms
    },
  }
}

const newFile = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'porte-cles-test-app-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  return { settings: { DATABASE_URL: `file:${join(folder, 'app.db')}` }, setClock: () => {}, remove }
}

/** With a clock that the test moves too. */
const newPostgres = async () => {
  const { url, template } = (await import('vitest')).inject('postgres')
  const name = `test_app_${randomUUID().replaceAll('-', '')}`
  const database = await createDatabase(url, name, template)
  const clock = await moveClockByHand(database)
  const settings = {
    DATABASE_URL: database,
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
  }
  const remove = async () => {
    await dropDatabase(url, name)
    clock.remove()
  }
  return { settings, setClock: clock.set, remove }
}

/** `npm run test:postgres` runs what is written for either database on the other one too. */
const usual = process.env.TEST_APPS_ON ?? 'SQLite'

/**
 * The real container on a database of its own, in front of the real sandbox, with a clock that the test moves.
 *
 * @param setClock moves that of a database which the settings name
 */
export const openTestApp = async (
  settings: Record<string, string> = {},
  dialect = usual,
  setClock?: (at: Date) => void,
) => {
  const place = await (dialect === 'PostgreSQL' ? newPostgres() : newFile())
  const given = { ...place.settings, ...settings }
  const databaseUrl = given.DATABASE_URL
  const sandbox = await startSandbox({ port: 0, signInPort: 0 })
  const control = remoteControl(sandbox.url)
  const clock = handMovedClock(setClock ?? place.setClock)
  const env = parseEnv({
    ...providerSettings(sandbox.url),
    LOG_LEVEL: 'silent',
    REQUIRE_SECOND_FACTOR: 'none',
    ...given,
  })
  const app = await createContainer(env, { clock, monotonicMs: clock.monotonicMs })
  // a process that has run for a while: a young one leaves open intents alone
  clock.age(settleAfterMs)
  const callback = `${app.publicUrl}/oauth/callback`

  const addAdmin = async (tenant = 'Atelier Delvaux SRL'): Promise<Admin> => {
    const tenantId = await app.createAccounts.addTenant({ name: tenant, ref: null }, operator)
    const email = `${app.random.uuid()}@example.org`
    const account = { email, role: 'admin', tenantId, password: 'une phrase assez longue' } as const
    await app.createAccounts.addUser(account, operator)
    const found = await app.store.accounts.findSignIn(email)
    if (found?.user.role !== 'admin') throw new Error('the admin is not there')
    return found.user
  }

  /** An admin whose form holds the credentials of an integration of its own. */
  const configuredTenant = async (tenant?: string) => {
    const integration = await control.integrate({ redirectUris: [callback, `${app.publicUrl}/`] })
    const admin = await addAdmin(tenant)
    const { clientId, clientSecret } = integration
    const typed = { revision: 0, enabled: true, clientId, clientSecret }
    await app.saveSettings(admin, 'teamleader', typed)
    return { admin, integration }
  }

  const code = async (clientId: string, redirectUri = callback, user = marie.email) =>
    (await control.authorize({ clientId, redirectUri, user })).code

  /** Starts an authorization and handles its callback. */
  const connect = async (
    admin: Admin,
    integration: { clientId: string },
    user = marie.email,
    through: Through = 'own',
  ) => {
    const nonce = app.random.secret()
    const state = await app.startAuthorization.begin(admin, 'teamleader', nonce, through)
    const authorizationCode = await code(integration.clientId, callback, user)
    const result = await app.handleCallback.withCode(
      { provider: 'teamleader', state, nonce, user: admin },
      authorizationCode,
    )
    if (result.kind !== 'connected') throw new Error(JSON.stringify(result))
  }

  /** A tenant connected to an account. */
  const connected = async (user = marie.email) => {
    const { admin, integration } = await configuredTenant()
    await connect(admin, integration, user)
    return { admin, integration }
  }

  const journalOf = async ({ tenantId }: Admin) => {
    const db = await openDatabase(databaseUrl)
    const { journal } = db.tables
    const rows = await db.q.select().from(journal).orderBy(asc(journal.at))
    await db.close()
    return rows.filter((row) => row.tenantId === tenantId)
  }

  return {
    app,
    env,
    databaseUrl,
    control,
    /** The records of an account at the pretended Teamleader. */
    records: sandbox.teamleader.records,
    /** The same of an instance at the pretended téo. */
    dossiers: sandbox.teo.dossiers,
    clock,
    callback,
    addAdmin,
    configuredTenant,
    connect,
    connected,
    code,
    /** `event outcome` of each entry of a tenant, oldest first. */
    journal: async (admin: Admin) => (await journalOf(admin)).map(({ event, outcome }) => `${event} ${outcome}`),
    incidents: async ({ tenantId }: Admin) =>
      (await app.store.incidents.list(tenantId)).map(({ reason, closedAt }) => ({ reason, open: closedAt === null })),
    record: async (admin: Admin) => {
      const record = await app.store.authorizations.find(admin.tenantId, 'teamleader')
      if (!record) throw new Error('the tenant has no connection')
      return record
    },
    view: async (admin: Admin) => {
      const record = await app.store.authorizations.find(admin.tenantId, 'teamleader')
      if (!record) throw new Error('the tenant has no connection')
      return viewConnection(record, { waitingCode: null, notice: null, now: clock.now() })
    },
    /** How many requests of a kind the sandbox saw from a client. */
    calls: async (clientId: string, endpoint = 'token') =>
      (await control.journal(clientId)).requests.filter((request) => request.endpoint === endpoint).length,
    /** The background work, until nothing is due. */
    work: async () => {
      await app.noteTokenUses.flush()
      await app.refreshDueTokens.sweep()
      for (let rounds = 0; (await app.refreshDueTokens.refreshDue()) > 0; rounds += 1)
        if (rounds > 5_000) throw new Error('the background work finds no end')
    },
    close: async () => {
      await app.close()
      await sandbox.stop()
      await place.remove()
    },
  }
}

export type TestApp = Awaited<ReturnType<typeof openTestApp>>
