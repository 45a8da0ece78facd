import { existsSync } from 'node:fs'
import { type Container, createContainer } from '#lib/composition/container.ts'
import { databaseFile } from '#lib/composition/encryption-keys.ts'
import type { Env } from '#lib/composition/env.ts'
import { verifyKeys } from '#lib/composition/verify-keys.ts'
import { sentenceOf } from '../../cli-error.ts'
import { bad, type Finding, fine } from '../finding.ts'
import { checkSharedClients } from '../operator-clients.ts'
import { clockFinding } from './reachability.ts'

const checkBackups = async ({ store, olderDatabase }: Container): Promise<Finding[]> => {
  const { count, from } = await store.restores.countRestored()
  const behind = 'Database: an older one was put back; the next start quarantines its connections.'
  const come = count === 1 ? '1 connection comes' : `${count} connections come`
  const waiting = `Backup: ${come} from one of ${from?.toISOString()}, and nothing is refreshed before somebody decides on /support.`
  return [
    ...((await olderDatabase.isBehind()) ? [bad('database', behind)] : []),
    ...(from === null ? [] : [bad('backup', waiting)]),
  ]
}

const checkClock = async ({ store, clock }: Container): Promise<Finding[]> => {
  const aheadMs = await store.fleet.findClockAhead(clock.now())
  return aheadMs === null ? [] : [clockFinding(aheadMs, "the database's")]
}

const look = async (app: Container): Promise<Finding[]> => {
  await app.store.ready()
  await verifyKeys(app)
  const { unknown } = await app.manageKeys.list()
  if (unknown > 0) {
    const missing = `Database: ${unknown} values are sealed with keys that are missing from ENCRYPTION_KEYS: put them back.`
    return [bad('database', missing)]
  }
  const well = `Database: answers, its migrations are current, its keys fit (current: ${app.vault.currentKeyId}).`
  return [
    fine('database', well),
    ...(await checkClock(app)),
    ...(await checkBackups(app)),
    ...(await checkSharedClients(app)),
  ]
}

export const checkDatabase = async (env: Env): Promise<Finding[]> => {
  const file = databaseFile(env)
  if (file !== null && !existsSync(file))
    return [fine('database', 'Database: none yet; the first start makes it, with its keys.')]
  try {
    const app = await createContainer(env, { logTo: 'stderr', readOnly: true })
    try {
      return await look(app)
    } finally {
      await app.close()
    }
  } catch (error) {
    return [bad('database', `Database: ${sentenceOf(error)}`)]
  }
}
