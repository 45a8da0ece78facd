import './lib/commands/require-node.mjs'

import { defineConfig } from '@playwright/test'
import { findBrowser } from './e2e/harness/find-browser.ts'

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // the sandbox of Chromium does not start as root
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/harness/require-build.ts',
  fullyParallel: true,
  // a journey waits more than it works
  workers: 3,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./e2e/harness/summary-reporter.ts']],
  use: {
    locale: 'fr-BE',
    timezoneId: 'Europe/Brussels',
    screenshot: 'only-on-failure',
    launchOptions: { ...findBrowser(), args: quiet },
  },
  projects: [
    { name: 'journeys', grepInvert: /@crash/, testIgnore: /look\.spec\.ts$/ },
    { name: 'crash', testMatch: /(crash|signals)\.spec\.ts$/ },
    { name: 'look', testMatch: /look\.spec\.ts$/, timeout: 600_000 },
  ],
})
