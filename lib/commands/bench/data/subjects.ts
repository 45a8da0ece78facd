import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { bundledProgram } from '#lib/testing/processes/bundled-program.ts'
import { addCopy, fillCopy } from '#lib/testing/sync/filled-copy.ts'
import { type Running, startNode, untilAnswering } from '../../demo/processes.ts'
import { freePort } from '../servers.ts'

const list = 'companies'

/** The same bytes as the API answers: an export from a file, a page from memory, and nothing for an idle poll. */
const bareServer = `
  const { createReadStream, readFileSync } = require('node:fs')
  const page = readFileSync(process.env.PAGE)
  const etag = process.env.ETAG
  const json = { 'content-type': 'application/json', etag, 'content-length': page.length }
  require('node:http').createServer((asked, answer) => {
    asked.resume()
    if (asked.url === '/export') {
      answer.writeHead(200, { 'content-type': 'application/x-ndjson' })
      createReadStream(process.env.EXPORT, { highWaterMark: 256 * 1024 }).pipe(answer)
    } else if (asked.url === '/idle') answer.writeHead(304, { etag }).end()
    else answer.writeHead(200, json).end(page)
  }).listen(Number(process.env.PORT), '127.0.0.1')`

/** Where one thing is asked for, at the API and at the bare server. */
export interface Compared {
  url: string
  headers: Record<string, string>
}

export interface Subjects {
  api: Running
  asked: Record<'export' | 'page' | 'idle', { api: Compared; bare: Compared }>
  stop(): Promise<void>
}

/** A tenant with a full copy, and the key that reads it. */
const prepare = async (settings: Record<string, string>, records: number): Promise<string> => {
  const app = await createContainer(parseEnv(settings))
  const db = await openDatabase(settings.DATABASE_URL ?? '')
  try {
    const tenantId = await addCopy(db, { list })
    await fillCopy(db, tenantId, { list, records, perChange: 100, deleted: 0 })
    const typed = { name: 'bench', tenantId, scopes: ['teamleader:data:read'] }
    const key = await app.manageApiKeys.create(typed, { kind: 'operator' })
    if (key === null) throw new Error('the key was not made')
    return key
  } finally {
    await db.close()
    await app.close()
  }
}

/** The API in the worker's process on a copy of so many records, beside a bare Node server with the same answers. */
export const startSubjects = async (folder: string, records: number): Promise<Subjects> => {
  const settings = { DATABASE_URL: `file:${join(folder, 'bench.db')}`, LOG_LEVEL: 'warn', API_CALLS_PER_SECOND: '0' }
  const key = await prepare(settings, records)
  const [apiPort, barePort] = [await freePort(), await freePort()]
  const env = { ...process.env, ...settings, API_PORT: `${apiPort}`, NODE_ENV: 'production' as const }
  const api = startNode(['--max-semi-space-size=16', await bundledProgram('lib/commands/worker.ts')], env)
  const at = `http://127.0.0.1:${apiPort}`
  await untilAnswering(api, `${at}/api/health`)

  const headers = { authorization: `Bearer ${key}` }
  const lines = { ...headers, accept: 'application/x-ndjson' }
  const files = { EXPORT: join(folder, 'export'), PAGE: join(folder, 'page') }
  const all = await (await fetch(`${at}/api/v1/${list}`, { headers: lines })).text()
  writeFileSync(files.EXPORT, all)
  const { next_cursor: cursor } = JSON.parse(all.trimEnd().slice(all.trimEnd().lastIndexOf('\n') + 1))
  writeFileSync(files.PAGE, await (await fetch(`${at}/api/v1/${list}`, { headers })).text())
  const idle = `${at}/api/v1/${list}?cursor=${cursor}`
  const etag = (await fetch(idle, { headers })).headers.get('etag') ?? ''

  const bare = startNode(['-e', bareServer], { ...process.env, ...files, ETAG: etag, PORT: `${barePort}` })
  const beside = `http://127.0.0.1:${barePort}`
  await untilAnswering(bare, `${beside}/page`)
  return {
    api,
    asked: {
      export: { api: { url: `${at}/api/v1/${list}`, headers: lines }, bare: { url: `${beside}/export`, headers: {} } },
      page: { api: { url: `${at}/api/v1/${list}`, headers }, bare: { url: `${beside}/page`, headers } },
      idle: {
        api: { url: idle, headers: { ...headers, 'if-none-match': etag } },
        bare: { url: `${beside}/idle`, headers },
      },
    },
    stop: async () => void (await Promise.all([api.stop(), bare.stop()])),
  }
}
