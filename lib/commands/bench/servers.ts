import { createServer } from 'node:net'
import { serveCommand } from '../demo/build.ts'
import { type Running, startNode, untilAnswering } from '../demo/processes.ts'
import type { Target } from './load.ts'

/** What is measured: a process of its own, and what is asked of it. */
export interface Subject {
  name: string
  running: Running
  target: Target
}

/** Answers as many bytes as the API does, and does nothing else. */
const bareServer = `
  const body = JSON.stringify({
    access_token: 'a'.repeat(900),
    expires_at: new Date().toISOString(),
    account: { id: 'a1', name: 'Marie Delvaux', email: 'marie@example.org' },
    token_version: 1,
    api_version: 'V2',
  })
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', 'content-length': body.length }
  require('node:http').createServer((asked, answer) => {
    asked.resume()
    answer.writeHead(200, headers).end(body)
  }).listen(Number(process.env.PORT), '127.0.0.1')`

export const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** The API in the worker's process, a bare Node server, and a bare route of the built app if there is one. */
export const startSubjects = async (settings: Record<string, string>, key: string, withNext: boolean) => {
  const headers = { authorization: `Bearer ${key}` }
  const start = async (name: string, args: string[], path: string, method: Target['method'], health: string) => {
    const port = `${await freePort()}`
    const ports = { PORT: port, API_PORT: name === 'the token API' ? port : `${await freePort()}` }
    const env = {
      ...process.env,
      ...settings,
      ...ports,
      NODE_ENV: 'production' as const,
      HOST: '127.0.0.1',
      WORKER: 'external',
    }
    if (name === 'the token API') env.PORT = `${await freePort()}`
    const running = startNode(args, env)
    const at = `http://127.0.0.1:${port}`
    const subject: Subject = { name, running, target: { url: `${at}${path}`, method, headers } }
    return { subject, ready: untilAnswering(running, `${at}${health}`) }
  }
  const token = '/api/v1/connections/teamleader/token'
  const started = [
    await start('a bare Node server', ['-e', bareServer], '/', 'POST', '/'),
    await start('the token API', ['--import', 'tsx', 'lib/commands/worker.ts'], token, 'POST', '/api/health'),
    ...(withNext ? [await start('a bare route of Next', serveCommand, '/api/health', 'GET', '/api/health')] : []),
  ]
  const subjects = started.map(({ subject }) => subject)
  const stop = async () => {
    await Promise.all(subjects.map(({ running }) => running.stop()))
  }
  await Promise.all(started.map(({ ready }) => ready)).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return { subjects, stop }
}
