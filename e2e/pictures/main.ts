import '#lib/commands/require-node.mjs'

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { demoPeople } from '#lib/commands/demo/accounts.ts'
import { freePort } from '#lib/testing/database/postgres-server.ts'
import { findBrowser } from '../harness/find-browser.ts'

/** `npm run pictures`: the pictures of the documents, of the demo as it is. */

interface Picture {
  file: string
  who: RegExp
  path: string
}

const pictures: Picture[] = [
  { file: 'docs/cle-de-securite.png', who: /^jean-baptiste/, path: '/administratif/cle-de-securite' },
  { file: 'docs/support.png', who: /^support@/, path: '/support' },
]
const patienceMs = 180_000

const folder = mkdtempSync(join(tmpdir(), 'porte-cles-pictures-'))
const ports = ['PORT', 'API_PORT', 'SANDBOX_PORT', 'SANDBOX_SIGN_IN_PORT', 'SANDBOX_MAIL_PORT']
const settings: Record<string, string> = { DEMO_DATA: folder }
for (const name of ports) settings[name] = String(await freePort())
const url = `http://localhost:${settings.PORT}`

const demo = spawn(process.execPath, ['--import', 'tsx', 'lib/commands/demo.ts'], {
  env: { ...process.env, ...settings },
  stdio: ['ignore', 'pipe', 'inherit'],
})
let printed = ''
demo.stdout.on('data', (data) => {
  printed += String(data)
})

/** It prints its sign-ins once everybody is there. */
const untilReady = async () => {
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(200)) {
    if (printed.includes(`→  ${url}`)) return
    if (demo.exitCode !== null) break
  }
  throw new Error(`the demo did not start:\n${printed}`)
}

const signIn = async (page: Page, who: RegExp) => {
  const person = demoPeople.find(({ email }) => who.test(email))
  if (!person) throw new Error(`nobody of the demo is ${who}`)
  await page.goto(`${url}/connexion`)
  await page.getByLabel('Adresse e-mail').fill(person.email)
  await page.getByLabel('Mot de passe', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await page.waitForURL((at) => at.pathname !== '/connexion')
}

const take = async (browser: Browser, { file, who, path }: Picture) => {
  const context = await browser.newContext({
    ...{ locale: 'fr-BE', timezoneId: 'Europe/Brussels', viewport: { width: 1100, height: 760 } },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMs)
  await signIn(page, who)
  await page.goto(`${url}${path}`)
  await page.locator('main h1').waitFor()
  await page.screenshot({ path: file, animations: 'disabled' })
  await context.close()
  process.stdout.write(`${file}\n`)
}

try {
  await untilReady()
  const browser = await chromium.launch({
    ...findBrowser(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  for (const picture of pictures) await take(browser, picture)
  await browser.close()
} finally {
  const ended = once(demo, 'exit')
  demo.kill('SIGTERM')
  if (demo.exitCode === null) await ended
  rmSync(folder, { recursive: true, force: true })
}
