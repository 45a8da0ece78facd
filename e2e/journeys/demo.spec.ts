import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type Running, startNode } from '../../lib/commands/demo/processes.ts'
import { expectAccessible } from '../harness/accessibility.ts'
import { freePort } from '../harness/app-server.ts'
import { expect, fillSignIn, signIn, test } from '../harness/customer.ts'
import { consent, expectState, messages, press, signInAtTeamleader, tlGroup } from '../pages/tl-group-section.ts'

const box = /Ctrl-C arrête tout/

/** Starts `npm run demo` as its user would, beside whatever else runs here. */
const startDemo = (settings: Record<string, string>): Running =>
  startNode(['--import', 'tsx', 'lib/commands/demo.ts'], { ...process.env, ...settings })

const interrupt = async ({ child }: Running) => {
  const gone = once(child, 'exit')
  child.kill('SIGINT')
  return (await gone)[0] as number
}

const usersPath = '/administratif/utilisateurs'
const colleague = {
  email: 'sophie@atelier-delvaux.example',
  name: 'Sophie Delvaux',
  password: 'quatre mots à la suite',
}

const inviteColleague = async (page: Page) => {
  const form = page.getByRole('region', { name: messages.users.invite })
  await form.getByLabel(messages.users.email).fill(colleague.email)
  await form.getByLabel(messages.users.name, { exact: true }).fill(colleague.name)
  await form.getByRole('button', { name: messages.users.submit }).click()
  await expect(page.getByText(messages.users.done.invited)).toBeVisible()
}

/** The newest mail to an address, once it came: some are sent after the answer. */
const openMail = async (page: Page, mailUrl: string, address: string) => {
  const mail = page.getByRole('listitem').filter({ hasText: `à ${address}` })
  await expect(async () => {
    await page.goto(mailUrl)
    await expect(mail.first()).toBeVisible({ timeout: 100 })
  }).toPass()
  await mail.first().getByRole('link').click()
  await expect(page.getByRole('region', { name: 'Message' })).toContainText(address)
}

const followLink = (page: Page) => page.getByRole('region', { name: 'Message' }).getByRole('link').first().click()

test('the demo prints all it takes to connect, its mails can be followed, and Ctrl-C leaves nothing behind', async ({
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'porte-cles-demo-'))
  const PORT = await freePort()
  const API_PORT = await freePort()
  const SANDBOX_PORT = await freePort()
  const SANDBOX_SIGN_IN_PORT = await freePort()
  const SANDBOX_MAIL_PORT = await freePort()
  const url = `http://localhost:${PORT}`
  const settings = {
    PORT: `${PORT}`,
    API_PORT: `${API_PORT}`,
    SANDBOX_PORT: `${SANDBOX_PORT}`,
    SANDBOX_SIGN_IN_PORT: `${SANDBOX_SIGN_IN_PORT}`,
    SANDBOX_MAIL_PORT: `${SANDBOX_MAIL_PORT}`,
    DEMO_DATA: folder,
  }
  const demo = startDemo(settings)
  const context = await browser.newContext({ baseURL: url, locale: 'fr-BE' })
  try {
    await expect.poll(demo.output, { timeout: 60_000 }).toMatch(box)
    const output = demo.output()
    const [, email = '', password = ''] = output.match(/(marie\S+)\s+(demo-\S+)/) ?? []
    const [, clientId = ''] = output.match(/Client ID \(V2\)\s+(\w{32})/) ?? []
    const [, clientSecret = ''] = output.match(/Client Secret \(V2\)\s+(\w{32})/) ?? []
    const [, theirs = '', theirPassword = ''] = output.match(/(marie\S+)\s+(sable-\S+)/) ?? []

    const page = await context.newPage()
    await page.goto('/connexion')
    await fillSignIn(page, { email, password })
    await tlGroup(page).getByLabel('Client ID (V2)').fill(clientId)
    await tlGroup(page).getByLabel('Client Secret (V2)').fill(clientSecret)
    await press(page, 'Se connecter à Teamleader')
    await signInAtTeamleader(page, { email: theirs, password: theirPassword })
    await consent(page)
    await expectState(page, 'connected', 'Success')

    const [, mailUrl = ''] = output.match(/(http:\S+\/courrier)/) ?? []
    await page.goto(usersPath)
    await inviteColleague(page)
    await openMail(page, mailUrl, colleague.email)
    await followLink(page)
    await page.getByLabel(messages.newAccess.password, { exact: true }).fill(colleague.password)
    await page.getByLabel(messages.newAccess.passwordAgain).fill(colleague.password)
    await page.getByRole('button', { name: messages.invitation.submit }).click()
    await page.waitForURL(`${url}/administratif/journal`)

    await context.clearCookies()
    await page.goto('/mot-de-passe')
    await page.getByLabel(messages.forgotten.email).fill(email)
    await page.getByRole('button', { name: messages.forgotten.submit }).click()
    await openMail(page, mailUrl, email)
    await expectAccessible(page)
    await followLink(page)
    await expect(page.getByRole('heading', { name: messages.newPassword.title })).toBeVisible()
    await signIn(page, { email, password })

    const second = startDemo(settings)
    expect((await once(second.child, 'exit'))[0]).toBe(1)
    const taken = `${PORT}, ${API_PORT}, ${SANDBOX_PORT}, ${SANDBOX_SIGN_IN_PORT} et ${SANDBOX_MAIL_PORT}`
    expect(second.output()).toContain(`Les ports ${taken} sont déjà pris`)

    expect(await interrupt(demo)).toBe(0)
    for (const port of Object.values(settings).slice(0, 5))
      await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow()

    const again = startDemo(settings)
    await expect.poll(again.output, { timeout: 60_000 }).toMatch(box)
    await page.goto('/administratif/cle-de-securite')
    await expectState(page, 'connected', 'Success')
    expect(await interrupt(again)).toBe(0)
  } finally {
    await context.close()
    await demo.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
