import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** The same browser without its windows: a third less CPU a page. */
const headlessShell = '/usr/bin/chromium-headless-shell'

const browsers = [
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

const installsPackages = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

const aptLimits = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20']

const installPackage = (name: string) =>
  run('apt-get', ['update', '-q', ...aptLimits]) &&
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...aptLimits, name])

const findPath = (): string | undefined => {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  if (existsSync(headlessShell)) return headlessShell
  if (installsPackages && installPackage('chromium-headless-shell') && existsSync(headlessShell)) return headlessShell
  const path = browsers.find((candidate) => existsSync(candidate))
  // the processes that load this file later need not try again
  if (path) process.env.CHROMIUM = path
  return path
}

/** The browser of this machine; Debian's own package is installed where we may, else the browser that Playwright downloads. */
export const findBrowser = (): { executablePath?: string } => {
  const path = findPath()
  if (path) return { executablePath: path }
  if (!existsSync(chromium.executablePath()) && !run('npx', ['playwright', 'install', 'chromium'])) {
    throw new Error('No Chromium here, and none could be installed: install one, or name it in CHROMIUM.')
  }
  return {}
}
