import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createDatabase } from '../database/postgres-databases.ts'
import { startEmbedded } from '../database/postgres-server.ts'
import { loseStorage } from './storage-outage.ts'
import { openTestApp } from './test-app.ts'

const run = promisify(execFile)

const keys = () => ({
  ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
})

/** Writes until there is no space left, in blocks down to the smallest. */
const fill = (path: string) => {
  const file = openSync(path, 'w')
  for (const size of [65_536, 4_096, 512]) {
    try {
      for (;;) writeSync(file, randomBytes(size))
    } catch {}
  }
  closeSync(file)
}

/** A disk of 32 MB that is full for a while. Needs to be root, to mount it. */
export const fillDisk = async (pairs: number, outageMs: number) => {
  const disk = await mkdtemp(join(tmpdir(), 'porte-cles-disk-'))
  await run('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', disk])
  const filler = join(disk, 'filler')
  const folder = join(disk, 'data')
  await mkdir(folder)
  try {
    const testApp = await openTestApp({ DATABASE_URL: `file:${join(folder, 'app.db')}`, ...keys() })
    const report = await loseStorage({ testApp, break: () => fill(filler), mend: () => rm(filler) }, pairs, outageMs)
    await testApp.close()
    return report
  } finally {
    await run('umount', ['-l', disk])
    await rm(disk, { recursive: true, force: true })
  }
}

/** A PostgreSQL that crashes, and comes back after a while. */
export const crashPostgres = async (pairs: number, outageMs: number) => {
  const server = await startEmbedded()
  try {
    const testApp = await openTestApp({ DATABASE_URL: await createDatabase(server.url, 'outage'), ...keys() })
    const report = await loseStorage({ testApp, break: server.crash, mend: server.restart }, pairs, outageMs)
    await testApp.close()
    return report
  } finally {
    await server.stop()
  }
}
