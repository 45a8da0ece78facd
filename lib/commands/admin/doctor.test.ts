import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { proPlus } from '#lib/sandbox/teamleader/seeds.ts'
import { inDatabase } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { bundledProgram } from '#lib/testing/processes/bundled-program.ts'

// each command is a process of its own, which takes its time on a busy machine
vi.setConfig({ testTimeout: 60_000 })

const TEAMLEADER_CLIENTS = `${proPlus.clientId}:${proPlus.clientSecret}`

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp({ TEAMLEADER_CLIENTS })
})
afterAll(() => testApp.close())

/** What the doctor says of the operator's clients. */
const examine = async (more: Record<string, string>) => {
  const { oauthUrl } = testApp.env.teamleader
  const child = spawn(process.execPath, [await bundledProgram('lib/commands/admin.ts'), 'doctor'], {
    env: {
      ...{ NODE_ENV: 'test', PATH: process.env.PATH ?? '', LOG_LEVEL: 'silent', DATABASE_URL: testApp.databaseUrl },
      ...{ TEAMLEADER_OAUTH_URL: oauthUrl, TEAMLEADER_API_URL: oauthUrl, ...more },
    },
  })
  const output = await text(child.stdout)
  expect(output).not.toContain(proPlus.clientSecret)
  return output.split('\n').filter((line) => line.includes('TEAMLEADER_CLIENTS'))
}

test('the doctor names a client of the operator that is refused, or that the settings lack', async () => {
  expect(await examine({})).toEqual([])
  await testApp.control.integrate({ ...proPlus, redirectUris: [testApp.callback] })
  const admin = await testApp.addAdmin()
  await testApp.connect(admin, proPlus, undefined, 'shared')
  const serves = `ok  TEAMLEADER_CLIENTS: 1 in all; ${proPlus.clientId} serves new authorizations.`
  expect(await examine({ TEAMLEADER_CLIENTS })).toEqual([serves])
  expect(await examine({})).toEqual([
    `BAD TEAMLEADER_CLIENTS: lacks ${proPlus.clientId}, which 1 connections were made with: put it back.`,
  ])
  await inDatabase(testApp, async ({ q, tables: { connections } }) => {
    const fault = { state: 'degraded', reason: 'provider_configuration' } as const
    await q.update(connections).set(fault).where(eq(connections.tenantId, admin.tenantId))
  })
  expect(await examine({ TEAMLEADER_CLIENTS })).toEqual([
    serves,
    'BAD TEAMLEADER_CLIENTS: 1 connections wait: Teamleader refuses a client of it, or it was missing; they go on by themselves.',
  ])
})
