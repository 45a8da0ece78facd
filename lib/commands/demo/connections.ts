import type { Container } from '#lib/composition/container.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { type RemoteControl, remoteControl } from '#lib/sandbox/control/remote-control.ts'
import { connectionOf, type User } from '#lib/sandbox/teamleader/integration.ts'
import {
  annelies,
  jeanBaptiste,
  lambertSync,
  marie,
  testoProSync,
  thomas,
  vandenbroeckSync,
} from '#lib/sandbox/teamleader/seeds.ts'
import { claesKeys } from '#lib/sandbox/v1/keys.ts'

interface Access {
  integration: { clientId: string; clientSecret: string }
  /** Who consents at Teamleader; who presses the button has the same address. */
  user: User
}

const healthy: Access = { integration: vandenbroeckSync, user: jeanBaptiste }
const broken: Access = { integration: lambertSync, user: thomas }

/** What may have been connected in the bac à sable that ran before: it forgets all its tokens when it stops. */
const forgotten: Access[] = [{ integration: testoProSync, user: marie }, healthy, broken]

const connectionsOf = (app: Container, control: RemoteControl) => {
  const findAdmin = async ({ email }: User): Promise<Admin | null> => {
    const user = (await app.store.accounts.findSignIn(email))?.user
    return user?.role === 'admin' ? user : null
  }

  const recordOf = ({ tenantId }: Admin) => app.store.authorizations.find(tenantId, 'teamleader')

  /** The way to the consent page and back. */
  const consent = async (admin: Admin, { integration: { clientId }, user }: Access) => {
    const nonce = app.random.secret()
    const state = await app.startAuthorization.begin(admin, 'teamleader', nonce)
    const redirectUri = `${app.publicUrl}/oauth/callback`
    const { code } = await control.authorize({ clientId, redirectUri, user: user.email, state })
    await app.handleCallback.withCode({ provider: 'teamleader', state, iss: null, nonce, user: admin }, code)
  }

  const connectNew = async (access: Access): Promise<Admin | null> => {
    const admin = await findAdmin(access.user)
    if (!admin || (await recordOf(admin))?.client) return null
    const { clientId, clientSecret } = access.integration
    await app.saveSettings(admin, 'teamleader', { revision: 0, enabled: true, clientId, clientSecret })
    await consent(admin, access)
    return admin
  }

  return {
    connectHealthy: () => connectNew(healthy),

    /** Its customer has removed the integration at Teamleader. */
    breakOne: async () => {
      const admin = await connectNew(broken)
      if (!admin) return
      await control.script({ connection: connectionOf(broken.integration.clientId, broken.user) }, [{ revoke: true }])
      await app.refreshDueTokens.refreshNow(admin.tenantId, 'teamleader')
    },

    connectV1: async () => {
      const admin = await findAdmin(annelies)
      if (!admin || (await app.store.authorizations.find(admin.tenantId, 'teamleader-v1'))?.client) return
      const { group: clientId, secret: clientSecret } = claesKeys
      await app.trySettings(admin, 'teamleader-v1', { revision: 0, enabled: true, clientId, clientSecret })
    },

    /** What worked at the last stop works again: its account consents anew. */
    reconnect: async () => {
      for (const access of forgotten) {
        const admin = await findAdmin(access.user)
        const record = admin && (await recordOf(admin))
        if (!admin || record?.status.state !== 'connected' || !record.enabled) continue
        const same = record.client?.identifier === access.integration.clientId
        if (same && record.tokenSet?.account?.id === access.user.account.id) await consent(admin, access)
      }
    },
  }
}

/** Support's digest is sent in the morning alone; the demo shows it whenever it starts. */
const queueDigest = async ({ store, clock, random, queueDigest: queueOfToday }: Container): Promise<void> => {
  if ((await queueOfToday()) > 0) return
  const mails = (await store.deliveries.listRecipients(null)).map((userId) => ({
    ...({ channel: 'mail', kind: 'digest', tenantId: null } as const),
    ...{ onceKey: `digest:demo:${random.uuid()}`, userId, payload: {} },
  }))
  await store.deliveries.add(mails, { now: clock.now(), entry: null })
}

/** So many that a first reading can be watched; the same at each start, so that a copy of before stays what it was. */
const records = { companies: 2_400, contacts: 1_600, departments: 3, seed: 51_907 }

/** How the demo's tenants stand with the bac à sable that runs at `sandboxUrl`; what was changed since stays changed. */
export const seedConnections = async (app: Container, sandboxUrl: string): Promise<void> => {
  const control = remoteControl(sandboxUrl)
  await control.records({ account: jeanBaptiste.account.id, seed: records })
  const seeds = connectionsOf(app, control)
  await seeds.reconnect()
  await seeds.connectHealthy()
  await seeds.breakOne()
  await seeds.connectV1()
  await queueDigest(app)
}
