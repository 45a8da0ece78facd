import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { jeanBaptiste, marie } from './teamleader/seeds.ts'

test('run as a process it says where it is and who may sign in, and ends on SIGTERM', async () => {
  const sandbox = spawn(process.execPath, ['--import', 'tsx', 'lib/sandbox/main.ts'], {
    env: { ...process.env, SANDBOX_PORT: '0', SANDBOX_SIGN_IN_PORT: '0', SANDBOX_MAIL_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(sandbox.stdout.setEncoding('utf8'), 'data')
  expect(line).toMatch(/^bac à sable: http:\/\/localhost:\d+ .+\n$/)
  for (const { email, password } of [marie, jeanBaptiste]) expect(line).toContain(`${email} / ${password}`)
  expect(line).toMatch(/courrier: smtp:\/\/127\.0\.0\.1:\d+/)
  expect((await fetch(`${/http\S+/.exec(line)?.[0]}/users.me`)).status).toBe(401)
  sandbox.kill('SIGTERM')
  expect(await once(sandbox, 'exit')).toEqual([0, null])
}, 30_000)
