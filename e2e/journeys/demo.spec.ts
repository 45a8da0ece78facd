import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Running, startNode } from '../../lib/commands/demo/processes.ts'
import { freePort } from '../harness/app-server.ts'
import { expect, fillSignIn, test } from '../harness/customer.ts'
import { consent, expectState, press, signInAtTeamleader, tlGroup } from '../pages/tl-group-section.ts'

const box = /Ctrl-C arrête tout/

/** Starts `npm run demo` as its user would, beside whatever else runs here. */
const startDemo = (settings: Record<string, string>): Running =>
  startNode(['--import', 'tsx', 'lib/commands/demo.ts'], { ...process.env, ...settings })

const interrupt = async ({ child }: Running) => {
  const gone = once(child, 'exit')
  child.kill('SIGINT')
  return (await gone)[0] as number
}

test('the demo prints all it takes to connect, and Ctrl-C leaves nothing behind', async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'porte-cles-demo-'))
  const PORT = await freePort()
  const API_PORT = await freePort()
  const SANDBOX_PORT = await freePort()
  const SANDBOX_SIGN_IN_PORT = await freePort()
  const url = `http://localhost:${PORT}`
  const settings = {
    PORT: `${PORT}`,
    API_PORT: `${API_PORT}`,
    SANDBOX_PORT: `${SANDBOX_PORT}`,
    SANDBOX_SIGN_IN_PORT: `${SANDBOX_SIGN_IN_PORT}`,
    DEMO_DATA: folder,
  }
  const demo = startDemo(settings)
  const context = await browser.newContext({ baseURL: url, locale: 'fr-BE' })
  try {
    await expect.poll(demo.output, { timeout: 40_000 }).toMatch(box)
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

    const second = startDemo(settings)
    expect((await once(second.child, 'exit'))[0]).toBe(1)
    const taken = `${PORT}, ${API_PORT}, ${SANDBOX_PORT} et ${SANDBOX_SIGN_IN_PORT}`
    expect(second.output()).toContain(`Les ports ${taken} sont déjà pris`)

    expect(await interrupt(demo)).toBe(0)
    for (const port of Object.values(settings).slice(0, 4))
      await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow()

    const again = startDemo(settings)
    await expect.poll(again.output, { timeout: 40_000 }).toMatch(box)
    await page.goto('/administratif/cle-de-securite')
    await expectState(page, 'connected', 'Success')
    expect(await interrupt(again)).toBe(0)
  } finally {
    await context.close()
    await demo.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
