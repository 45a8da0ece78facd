import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { remoteControl } from '#lib/sandbox/control/remote-control.ts'
import type { Step } from '#lib/sandbox/control/script.ts'
import { providerSettings } from '#lib/sandbox/provider-settings.ts'
import type { JournalEntry } from '#lib/sandbox/request-journal.ts'
import { startSandbox } from '#lib/sandbox/server.ts'
import type { Integration } from '#lib/sandbox/teamleader/integration.ts'
import { marie } from '#lib/sandbox/teamleader/seeds.ts'
import { sessionsEnd, withSessionName } from '../database/postgres-databases.ts'
import { setTimes } from '../database/token-fixtures.ts'
import { startTokenProcess, type TokenProcess } from './token-driver.ts'

const operator = { kind: 'operator' } as const

export interface ClusterProcess extends TokenProcess {
  /** Once it was killed: resolves when nothing that it began can change anything any more, at the provider or in the database. */
  settled(): Promise<void>
}

/** Several processes on one database with one sandbox, and one connected tenant whose tokens they refresh. */
export const openCluster = async (databaseUrl: string) => {
  const isPostgres = /^postgres/.test(databaseUrl)
  const sandbox = await startSandbox({ port: 0, signInPort: 0 })
  const control = remoteControl(sandbox.url)
  const env = {
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    ...providerSettings(sandbox.url),
    LOG_LEVEL: 'silent',
  }
  const app = await createContainer(parseEnv(env))
  const db = await openDatabase(databaseUrl)
  const { tokenSets, connections, journal } = db.tables
  const callback = `${app.publicUrl}/oauth/callback`
  const processes: TokenProcess[] = []

  const addTenant = async (): Promise<Admin> => {
    const tenantId = await app.createAccounts.addTenant({ name: 'Atelier Delvaux SRL', ref: null }, operator)
    const email = `${app.random.uuid()}@example.org`
    await app.createAccounts.addUser({ email, role: 'admin', tenantId, password: 'une phrase assez longue' }, operator)
    const found = await app.store.accounts.findSignIn(email)
    if (found?.user.role !== 'admin') throw new Error('the admin is not there')
    return found.user
  }

  const authorize = async (admin: Admin, { clientId }: Integration) => {
    const nonce = app.random.secret()
    const state = await app.startAuthorization.begin(admin, 'teamleader', nonce)
    const { code } = await control.authorize({ clientId, redirectUri: callback, user: marie.email })
    const result = await app.handleCallback.withCode({ provider: 'teamleader', state, nonce, user: admin }, code)
    if (result.kind !== 'connected') throw new Error(JSON.stringify(result))
  }

  const admin = await addTenant()
  const integration = await control.integrate({ redirectUris: [callback] })
  await app.saveSettings(admin, 'teamleader', {
    ...{ revision: 0, enabled: true, clientId: integration.clientId, clientSecret: integration.clientSecret },
  })
  await authorize(admin, integration)

  const row = async () => {
    const [found] = await db.q
      .select({ set: tokenSets, connection: connections })
      .from(connections)
      .innerJoin(tokenSets, eq(tokenSets.id, connections.tokenSetId))
      .where(eq(connections.tenantId, admin.tenantId))
    if (!found) throw new Error('the tenant has no token set')
    return found
  }

  const refreshes = async (): Promise<JournalEntry[]> =>
    (await control.journal(integration.clientId)).requests.filter(({ grant_type }) => grant_type === 'refresh_token')

  /** Resolves when what is asked of the world is so; looked at again every few milliseconds. */
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await sleep(4)
  }

  return {
    ...{ app, db, control, env, admin, integration, row, refreshes, until },
    tenantId: admin.tenantId,
    reconnect: () => authorize(admin, integration),
    script: (steps: Step[]) => control.script({ clientId: integration.clientId }, steps),
    /** What the provider holds for good, and ours, as fingerprints. */
    fingerprints: async () => {
      const { set } = await row()
      const at = { tenant: set.tenantId, row: set.id, generation: set.generation }
      const ours = await app.vault.open(set.sealedRefreshToken, { purpose: 'refresh_token', ...at })
      const { live_refresh_tokens: live } = await control.journal(integration.clientId)
      return { ours: app.random.hash(ours ?? '').slice(0, 16), live: live.map(({ token }) => token) }
    },
    events: async () => {
      const rows = await db.q.select().from(journal).where(eq(journal.tenantId, admin.tenantId))
      return rows.sort((a, b) => a.at.getTime() - b.at.getTime())
    },
    /** The access token is at its end, by the database's clock. */
    expire: async () => {
      await setTimes(db, (await row()).set.id, { expiresAt: -1_000 })
    },
    /** As if the lease had lasted its minute. */
    endLease: async () => {
      await setTimes(db, (await row()).set.id, { leaseUntil: -1 })
    },
    start: async (clockMs = 0, otherwise: Record<string, string> = {}): Promise<ClusterProcess> => {
      const { url, drain } = await sandbox.listen()
      const name = `token-process-${processes.length + 1}`
      const own = {
        ...providerSettings(url),
        ...(isPostgres && { DATABASE_URL: withSessionName(databaseUrl, name) }),
        ...otherwise,
      }
      const process = await startTokenProcess({ ...env, ...own }, clockMs)
      processes.push(process)
      return {
        ...process,
        settled: async () => {
          await Promise.all([drain(), isPostgres && sessionsEnd(databaseUrl, name)])
        },
      }
    },
    close: async () => {
      await Promise.all(processes.map(({ kill }) => kill()))
      await db.close()
      await app.close()
      await sandbox.stop()
    },
  }
}

export type Cluster = Awaited<ReturnType<typeof openCluster>>
