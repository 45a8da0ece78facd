import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

const run = (command: string, args: string[]) =>
  spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0

/** Debian's own package where we may install it, else the browser that Playwright downloads. */
const install = () => {
  const debian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  const done = debian
    ? run('apt-get', ['update', '-q']) && run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'])
    : run('npx', ['playwright', 'install', 'chromium'])
  if (!done) throw new Error('No Chromium here, and none could be installed: install one, or name it in CHROMIUM.')
}

const find = () => {
  const named = process.env.CHROMIUM
  const path = named ? [named] : installed.filter((candidate) => existsSync(candidate))
  if (path[0]) return { executablePath: path[0] }
  return existsSync(chromium.executablePath()) ? {} : null
}

/** The browser of this machine, installed first when there is none. */
export const findBrowser = (): { executablePath?: string } => {
  const found = find()
  if (found) return found
  install()
  return find() ?? {}
}
