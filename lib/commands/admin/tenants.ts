import { open, unlink } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Container } from '#lib/composition/container.ts'
import { CliError, notScrubbed, UsageError } from '../cli-error.ts'

/** `tenants add NAME [--ref REF]` @returns the tenant's id. */
export const addTenant = async (args: string[], { createAccounts }: Container): Promise<string> => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { ref: { type: 'string' } } })
  const [name, ...others] = positionals
  if (name === undefined || others.length > 0) throw new UsageError('tenants add takes one name; put it in quotes.')
  const id = await createAccounts.addTenant({ name, ref: values.ref ?? null }, { kind: 'operator' })
  if (id === null) throw new CliError('This reference belongs to another tenant.')
  return id
}

const findTenant = async (id: string | undefined, { store }: Container) => {
  const tenant = id === undefined ? null : await store.accounts.findTenant(id)
  if (!tenant) throw new CliError('There is no tenant with this id.')
  return tenant
}

/** `tenants export ID FILE`: a zip file that only its owner reads. @returns the file. */
export const exportTenant = async (args: string[], container: Container): Promise<string> => {
  const [id, typed, ...others] = parseArgs({ args, allowPositionals: true }).positionals
  if (typed === undefined || others.length > 0) throw new UsageError('tenants export takes an id and a file.')
  const tenant = await findTenant(id, container)
  const path = resolve(typed)
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new CliError('A file of this name is there already, and nothing is overwritten.')
    if (error.code === 'ENOENT') throw new CliError('The folder of this file is not there: make it first.')
    throw error
  })
  try {
    await file.writeFile(await container.exportTenant(tenant, { kind: 'operator' }))
  } catch (error) {
    // a part of it would pass for the whole
    await unlink(path)
    throw error
  } finally {
    await file.close()
  }
  return path
}

/** `tenants erase ID` @returns one sentence. */
export const eraseTenant = async (args: string[], container: Container): Promise<string> => {
  const [id, ...others] = parseArgs({ args, allowPositionals: true }).positionals
  if (id === undefined || others.length > 0) throw new UsageError('tenants erase takes one id.')
  const clean = await container.eraseTenant.whole(await findTenant(id, container), { kind: 'operator' })
  if (!clean) process.stderr.write(`${notScrubbed}\n`)
  return 'erased'
}
