import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { databaseFile } from '#lib/composition/encryption-keys.ts'
import type { Env } from '#lib/composition/env.ts'
import { nodeFault } from '#lib/composition/operations/node-releases.ts'
import { advised, bad, type Finding, fine } from '../finding.ts'

const megabyte = 1024 * 1024
/** The write-ahead log, the reserve, and some days of growth. */
const leastFreeBytes = 256 * megabyte

export const checkNode = (version: string, now: Date): Finding => {
  const found = nodeFault(version, now)
  if (found === null) return fine('node', `Node: ${version}, with no vulnerability known to this program.`)
  return found.fault === 'ended'
    ? bad('node', `Node: ${version} is of a line that gets no security releases any more: install the newest Node 24.`)
    : bad('node', `Node: ${version} has known vulnerabilities: install ${found.patched} or newer.`)
}

/** A backup, and a migration that writes every row anew, need as much room as the database has. */
export const checkDisk = (env: Env): Finding[] => {
  const file = databaseFile(env)
  if (file === null) return []
  const folder = dirname(resolve(file))
  if (!existsSync(folder)) return []
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const needed = Math.max(leastFreeBytes, existsSync(file) ? statSync(file).size : 0)
  const said = `${Math.floor(free / megabyte)} MB are free where the database is`
  return [
    free >= needed
      ? fine('disk', `Disk: ${said}.`)
      : bad('disk', `Disk: ${said}; make room for ${Math.ceil(needed / megabyte)} MB at least.`),
  ]
}

/** Opening to look asks for no right to write, and a running app may have lost it since. */
export const checkRights = (env: Env, access = accessSync): Finding[] => {
  const file = databaseFile(env)
  if (file === null || !existsSync(file)) return []
  // beside the file SQLite makes two others
  return [file, dirname(resolve(file))].flatMap((path) => {
    try {
      access(path, constants.W_OK)
      return []
    } catch (error) {
      const { code } = error as { code?: unknown }
      const next =
        code === 'EROFS'
          ? 'its disk is mounted read-only'
          : `give it to the user who runs the app, and run this as that user`
      return [bad('database', `Database: ${path} cannot be written by this user (${code}): ${next}.`)]
    }
  })
}

/** Whether who gets hold of the database's folder has the keys too, or who loses it loses both. */
export const checkKeyFile = (env: Env): Finding[] => {
  const file = databaseFile(env)
  const keys = file === null ? null : `${file}.keys`
  if (keys === null || !existsSync(keys)) return []
  if ((statSync(keys).mode & 0o077) !== 0)
    return [bad('keys', `Keys: ${keys} can be read by other users of this machine: chmod 600 it.`)]
  return [
    env.encryptionKeys && env.nextAuthSecret
      ? advised(
          'keys',
          `Keys: the environment has them, and ${keys} still lies beside the database: keep it elsewhere.`,
        )
      : advised(
          'keys',
          `Keys: they lie in ${keys}, beside the database. No backup holds them: keep a copy in another place, or no backup can be opened.`,
        ),
  ]
}
