import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { remoteControl } from './control/remote-control.ts'
import { startSandbox } from './server.ts'
import { seededIntegrations, testoProSync, users } from './teamleader/seeds.ts'

test('the sandbox answers on localhost and on 127.0.0.1, provider and sign-in apart', async () => {
  const sandbox = await startSandbox({ port: 0, signInPort: 0 })
  const { port } = new URL(sandbox.url)
  expect(sandbox.url).toBe(`http://localhost:${port}`)
  expect(new URL(sandbox.signInUrl).port).not.toBe(port)
  for (const host of ['localhost', '127.0.0.1']) {
    expect((await fetch(`http://${host}:${port}/style.css`)).status).toBe(200)
  }
  await sandbox.stop()
})

test('stop cuts the lines that are open, a request under way included', async () => {
  const sandbox = await startSandbox({ port: 0, signInPort: 0 })
  const control = remoteControl(sandbox.url)
  await control.script({}, [{ on: '*', delay_before: 3_600_000 }])
  const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1')
  const closed = new Promise((resolve) => socket.on('error', () => {}).on('close', resolve))
  socket.write('GET /users.me HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await expect.poll(async () => (await control.journal()).requests.length).toBe(1)
  await sandbox.stop()
  await closed
})

test('a client that is gone is drained when all that it had sent is worked off, and nothing can follow', async () => {
  const sandbox = await startSandbox({ port: 0, signInPort: 0 })
  const control = remoteControl(sandbox.url)
  const { url, drain } = await sandbox.listen()
  await control.script({}, [{ on: 'users.me', delay_before: 200, times: 10 }])
  const cutOff = async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.write('GET /users.me HTTP/1.1\r\nhost: localhost\r\n\r\n', () => socket.destroy())
    await closed
  }
  await Promise.all(Array.from({ length: 10 }, cutOff))
  await drain()
  const { requests } = await control.journal()
  expect(requests.length).toBeGreaterThan(0)
  expect(requests.filter(({ status }) => status === null)).toEqual([])
  await expect(fetch(`${url}/style.css`)).rejects.toThrow()
  await sandbox.stop()
})

test('a port already taken is an error, and leaves nothing listening', async () => {
  const sandbox = await startSandbox({ port: 0, signInPort: 0 })
  const signInPort = Number(new URL(sandbox.signInUrl).port)
  await expect(startSandbox({ port: 0, signInPort })).rejects.toThrow('EADDRINUSE')
  await sandbox.stop()
})

test('a reset brings the seeds back', async () => {
  const sandbox = await startSandbox({ port: 0, signInPort: 0, integrations: seededIntegrations('http://localhost:9') })
  const control = remoteControl(sandbox.url)
  await control.integrate({ ...testoProSync, redirectUris: [] })
  await control.reset()
  const query = new URLSearchParams({
    client_id: testoProSync.clientId,
    response_type: 'code',
    redirect_uri: 'http://localhost:9/',
  })
  const response = await fetch(`${sandbox.url}/oauth2/authorize?${query}`, { redirect: 'manual' })
  expect(response.status).toBe(302)
  await sandbox.stop()
})

test('the seeds hold integrations with 32 hexadecimal digits each, and users in five accounts', () => {
  for (const { clientId, clientSecret } of seededIntegrations('http://localhost:3000')) {
    for (const value of [clientId, clientSecret]) expect(value).toMatch(/^[0-9a-f]{32}$/)
    expect(clientId).not.toBe('74db53122ef0913c240ffeeda65c9e2a')
  }
  expect(new Set(users.map(({ account }) => account.id)).size).toBe(5)
})
