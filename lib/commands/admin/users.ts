import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { Container } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Role } from '#lib/domain/accounts/user.ts'
import { CliError, notScrubbed, UsageError } from '../cli-error.ts'

const options = {
  role: { type: 'string' },
  tenant: { type: 'string' },
  'password-stdin': { type: 'boolean' },
} as const

const readRole = (typed: string | undefined): Role => {
  if (typed === 'admin' || typed === 'support') return typed
  throw new UsageError('users add takes --role admin or --role support.')
}

const findTenant = async (role: Role, typed: string | undefined, { store }: Container): Promise<TenantId | null> => {
  if (role === 'support') {
    if (typed !== undefined) throw new UsageError('Support staff belong to no tenant: leave --tenant out.')
    return null
  }
  if (typed === undefined) throw new UsageError('An admin belongs to a tenant: name it with --tenant.')
  const tenant = await store.accounts.findTenant(typed)
  if (!tenant) throw new CliError('There is no tenant with this id.')
  return tenant.id
}

/**
 * `users add EMAIL --role admin|support [--tenant ID] [--password-stdin]`
 *
 * @returns a one-time link; with a password, the user's id
 */
export const addUser = async (args: string[], container: Container): Promise<string> => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [email, ...others] = positionals
  if (email === undefined || others.length > 0) throw new UsageError('users add takes one e-mail address.')
  const role = readRole(values.role)
  const tenantId = await findTenant(role, values.tenant, container)
  const password = values['password-stdin'] ? (await text(process.stdin)).replace(/\r?\n$/, '') : null
  const added = await container.createAccounts.addUser({ email, role, tenantId, password }, { kind: 'operator' })
  return added.token === null ? added.userId : `${container.publicUrl}/invitation/${added.token}`
}

/** `users disable EMAIL` @returns one sentence. */
export const disableUser = async (args: string[], { createAccounts }: Container): Promise<string> => {
  const [email, ...others] = parseArgs({ args, allowPositionals: true }).positionals
  if (email === undefined || others.length > 0) throw new UsageError('users disable takes one e-mail address.')
  if (await createAccounts.disableUser(email, { kind: 'operator' })) return 'disabled'
  throw new CliError('There is no active user with this e-mail address.')
}

/** `users reset-second-factor EMAIL`: the way back in for whoever lost every factor. @returns one sentence. */
export const resetSecondFactor = async (args: string[], { manageFactors }: Container): Promise<string> => {
  const [email, ...others] = parseArgs({ args, allowPositionals: true }).positionals
  if (email === undefined || others.length > 0)
    throw new UsageError('users reset-second-factor takes one e-mail address.')
  if (await manageFactors.reset(email)) return 'reset'
  throw new CliError('There is no user with this e-mail address.')
}

/** `users unbind-oidc EMAIL`: the next sign-in through the company binds this address anew. @returns one sentence. */
export const unbindOidc = async (args: string[], { signInWithOidc }: Container): Promise<string> => {
  const [email, ...others] = parseArgs({ args, allowPositionals: true }).positionals
  if (email === undefined || others.length > 0) throw new UsageError('users unbind-oidc takes one e-mail address.')
  if (await signInWithOidc.unbind(email)) return 'unbound'
  throw new CliError('Nobody with this e-mail address is bound to the OpenID provider.')
}

const findPerson = async (command: string, args: string[], container: Container) => {
  const [email, ...others] = parseArgs({ args, allowPositionals: true }).positionals
  if (email === undefined || others.length > 0) throw new UsageError(`${command} takes one e-mail address.`)
  const person = await container.findPerson(email)
  if (!person) throw new CliError('There is no user with this e-mail address.')
  return person
}

/** `users export EMAIL` @returns one JSON object. */
export const exportUser = async (args: string[], container: Container): Promise<string> =>
  (await container.exportUser(await findPerson('users export', args, container), { kind: 'operator' })).trimEnd()

/** `users erase EMAIL` @returns one sentence. */
export const eraseUser = async (args: string[], container: Container): Promise<string> => {
  const clean = await container.eraseUser(await findPerson('users erase', args, container), { kind: 'operator' })
  if (!clean) process.stderr.write(`${notScrubbed}\n`)
  return 'erased'
}
