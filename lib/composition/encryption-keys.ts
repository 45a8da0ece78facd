import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Env, parseEnv, StartupError } from './env.ts'

export interface Keys {
  encryptionKeys: NonNullable<Env['encryptionKeys']>
  nextAuthSecret: string
  /** The file that this call made, to be told to the operator. */
  madeFile: string | null
}

const memory = ':memory:'

/** The file of an SQLite database; null where there is none. */
export const databaseFile = ({ databaseUrl }: Pick<Env, 'databaseUrl'>): string | null => {
  const file = databaseUrl.startsWith('file:') ? databaseUrl.slice('file:'.length) : memory
  return file === memory ? null : file
}

/** Where the mark of a database file lies: beside its keys. */
export const markOf = (databaseFile: string): string => `${databaseFile}.mark`

const fresh = () =>
  [
    `ENCRYPTION_KEYS=k1:${randomBytes(32).toString('base64')}`,
    `NEXTAUTH_SECRET=${randomBytes(32).toString('base64')}`,
  ].join('\n')

/** Lines of `NAME=value`, as they can be moved to the environment; checked like it. */
const read = (text: string) => {
  const pairs = text.split('\n').map((line) => {
    const at = line.indexOf('=')
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
  })
  const { ENCRYPTION_KEYS, NEXTAUTH_SECRET } = Object.fromEntries(pairs) as Record<string, string>
  return parseEnv({ ENCRYPTION_KEYS, NEXTAUTH_SECRET })
}

/** Puts a whole file in place or none; false when one is there already. */
const placeNew = (path: string, text: string): boolean => {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(draft, `${text}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft)
  }
}

const fromFile = (databaseFile: string) => {
  const keysFile = `${databaseFile}.keys`
  if (!existsSync(databaseFile) && !existsSync(keysFile) && placeNew(keysFile, fresh()))
    return { ...read(readFileSync(keysFile, 'utf8')), madeFile: keysFile }
  if (existsSync(keysFile)) return { ...read(readFileSync(keysFile, 'utf8')), madeFile: null }
  throw new StartupError(
    `${databaseFile} exists, but its keys do not: set ENCRYPTION_KEYS and NEXTAUTH_SECRET, or put ${keysFile} back.`,
  )
}

/**
 * The keys of the environment, else those of the file beside the SQLite database, which is made together with a new
 * database only: an existing one without its keys could not be read. Whoever only looks makes none.
 *
 * @throws RefusedBoot
 */
export const findKeys = (env: Env, { readOnly = false }: { readOnly?: boolean | undefined } = {}): Keys => {
  const { encryptionKeys, nextAuthSecret, databaseUrl } = env
  const file = databaseUrl.startsWith('file:') ? databaseUrl.slice('file:'.length) : null
  if (readOnly && file !== null && !existsSync(file))
    throw new StartupError(`There is no database ${file} yet: the first start makes it, with its keys.`)
  if (encryptionKeys && nextAuthSecret) return { encryptionKeys, nextAuthSecret, madeFile: null }
  const missing = [encryptionKeys ? null : 'ENCRYPTION_KEYS', nextAuthSecret ? null : 'NEXTAUTH_SECRET']
  if (file === null)
    throw new StartupError(`${missing.filter(Boolean).join(' and ')} must be set when the database is PostgreSQL.`)
  const found = file === memory ? { ...read(fresh()), madeFile: null } : fromFile(file)
  const keys = {
    encryptionKeys: encryptionKeys ?? found.encryptionKeys,
    secret: nextAuthSecret ?? found.nextAuthSecret,
  }
  if (!keys.encryptionKeys || !keys.secret)
    throw new StartupError(`${file}.keys lacks ${missing.filter(Boolean).join(' or ')}: set it in the environment.`)
  return { encryptionKeys: keys.encryptionKeys, nextAuthSecret: keys.secret, madeFile: found.madeFile }
}
