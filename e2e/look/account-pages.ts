import { eq } from 'drizzle-orm'
import { TOTP } from 'otpauth'
import { enter, expect } from '../harness/customer.ts'
import { messages } from '../pages/tl-group-section.ts'
import { asAdmin, asReader, connected, type Prepare, refreshed, type Stage, signedOut } from './stage.ts'

const { enrolment } = messages

const invited: Prepare = async ({ server, customer }) => {
  const somebody = { email: `invited-${customer.email}`, role: 'reader', tenantId: customer.tenantId } as const
  const { token } = await server.compose(({ createAccounts }) =>
    createAccounts.addUser({ ...somebody, password: null }, { kind: 'operator' }),
  )
  return { path: `/invitation/${token}` }
}

/** Somebody who is invited and has not come yet, in the list of `path`. */
export const inviting =
  (path: string, role: 'admin' | 'support'): ((stage: Stage) => Promise<void>) =>
  async ({ page, server, customer }) => {
    await page.goto(`${server.url}${path}`)
    const form = page.getByRole('region', { name: messages.users.invite })
    await form.getByLabel(messages.users.email).fill(`${role}-${customer.email}`)
    await form.getByLabel(messages.users.name, { exact: true }).fill('Joséphine Van den Bossche-Vandenbroucke')
    await form.getByRole('button', { name: messages.users.submit }).click()
    await expect(page.getByText(messages.users.done.invited)).toBeVisible()
  }

/** Signed in, with an authenticator app that asks for its code from the next sign-in on. */
const withFactor = async ({ page, server, customer }: Stage) => {
  await enter(page, server, customer)
  await page.goto(`${server.url}/mon-compte/second-facteur`)
  const app = page.getByRole('region', { name: enrolment.app })
  const secret = (await app.locator('code').textContent())?.replaceAll(' ', '') ?? ''
  await app.getByLabel(enrolment.code).fill(new TOTP({ secret }).generate())
  await app.getByRole('button', { name: enrolment.confirm }).click()
  await expect(app.locator('.codes li')).toHaveCount(10)
}

const newAddress: Prepare = async (stage) => {
  const { page, server, customer } = stage
  await enter(page, server, customer)
  await page.goto(`${server.url}/mon-compte`)
  await page.getByLabel(messages.account.email).fill(`new-${customer.email}`)
  await page.getByRole('button', { name: messages.account.save }).click()
  await expect(page.getByText(`new-${customer.email}`)).toBeVisible()
  return { path: '/mon-compte', reader: customer.email }
}

const signingIn: Prepare = async (stage) => {
  const { page, server, customer } = stage
  await withFactor(stage)
  await page.context().clearCookies()
  await enter(page, server, customer)
  return { path: '/connexion/second-facteur', reader: customer.email }
}

/** One that ends soon, one without an end, and one that is revoked. */
const keys = ({ server, customer: { tenantId } }: Stage) =>
  server.compose(async ({ manageApiKeys }) => {
    const scopes = ['teamleader:proxy', 'teo:data:read']
    const names = ['Facturation Pro+, serveur de production', 'Tableau de bord', 'Ancien serveur de facturation']
    const made = []
    for (const [at, name] of names.entries()) {
      const expiresAt = at === 0 ? new Date(Date.now() + 3 * 24 * 3_600_000) : null
      made.push(await manageApiKeys.create({ name, tenantId, scopes, expiresAt }, { kind: 'operator' }))
    }
    await manageApiKeys.revoke(made[2]?.slice(3, 15) ?? '', { kind: 'operator' })
  })

export const signedOutPages: Record<string, Prepare> = {
  'the sign-in': signedOut('/connexion'),
  'a forgotten password': signedOut('/mot-de-passe'),
  'an invitation': invited,
  'a dead invitation': signedOut('/invitation/a-guess'),
  'a dead password link': signedOut('/mot-de-passe/a-guess'),
  'a dead first-run link': signedOut('/premier-demarrage/a-guess'),
  'a page that is not there': signedOut('/nowhere'),
  'a dead link to a new address': signedOut('/adresse/a-guess'),
}

export const adminPages: Record<string, Prepare> = {
  'the journal': asAdmin('/administratif/journal', connected),
  'the journal, with a failure': asAdmin('/administratif/journal?show=everything', refreshed({ status: 503 })),
  'the journal, searched in vain': asAdmin('/administratif/journal?q=xyzzyx', connected),
  'the journal, as a reader sees it': asReader('/administratif/journal', connected),
  'the users': asAdmin('/administratif/utilisateurs'),
  'the users, one of them invited': async (stage) => {
    await enter(stage.page, stage.server, stage.customer)
    await inviting('/administratif/utilisateurs', 'admin')(stage)
    return { path: '/administratif/utilisateurs', reader: stage.customer.email }
  },
  'the keys of the API, none': asAdmin('/administratif/cles-api'),
  'the keys of the API': asAdmin('/administratif/cles-api', keys),
  'one’s account': asAdmin('/mon-compte'),
  'one’s account, with a new address to confirm': newAddress,
  'one’s account, with a second factor': async (stage) => {
    await withFactor(stage)
    return { path: '/mon-compte', reader: stage.customer.email }
  },
  'a second factor to be set up': asAdmin('/mon-compte/second-facteur'),
  'the second factor at sign-in': signingIn,
  '« Confirmez que c’est vous »': async ({ page, server, customer }) => {
    await enter(page, server, customer)
    const longAgo = new Date(Date.now() - 3_600_000)
    await server.inDatabase(async ({ q, tables: { sessions, users } }) => {
      const [me] = await q.select().from(users).where(eq(users.email, customer.email))
      if (me) await q.update(sessions).set({ confirmedAt: longAgo }).where(eq(sessions.userId, me.id))
    })
    return { path: '/mon-compte/confirmation', reader: customer.email }
  },
}
for (let step = 1; step <= 8; step += 1)
  adminPages[`step ${step} of the guide`] = asAdmin(`/administratif/guide?etape=${step}`)
