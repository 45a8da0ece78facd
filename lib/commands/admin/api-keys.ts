import { parseArgs } from 'node:util'
import type { Container } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ApiKey } from '#lib/domain/api-keys/api-key.ts'
import { CliError, UsageError } from '../cli-error.ts'

const operator = { kind: 'operator' } as const

const options = {
  tenant: { type: 'string' },
  scope: { type: 'string', multiple: true },
  expires: { type: 'string' },
} as const

/** A day counts to its end, in UTC. */
const readEnd = (typed: string | undefined, now: Date): Date | null => {
  if (typed === undefined) return null
  const end = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? new Date(`${typed}T23:59:59.999Z`) : new Date(typed)
  if (Number.isNaN(end.getTime()) || !/^\d{4}-\d{2}-\d{2}(T.+)?$/.test(typed) || end <= now)
    throw new UsageError('--expires takes a day to come, as in 2027-03-31.')
  return end
}

const findTenant = async (typed: string | undefined, { store }: Container): Promise<TenantId | null> => {
  if (typed === undefined) return null
  const tenant = await store.accounts.findTenant(typed)
  if (!tenant) throw new CliError('There is no tenant with this id.')
  return tenant.id
}

/**
 * `api-keys add NAME [--tenant ID] --scope PROVIDER:VERB… [--expires DATE]`
 *
 * @returns the whole key: nobody can read it again
 */
export const addApiKey = async (args: string[], container: Container): Promise<string> => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [name, ...more] = positionals
  const scopes = [...(values.scope ?? []), ...more]
  if (name === undefined || scopes.length === 0) throw new UsageError('api-keys add takes one name and its scopes.')
  const tenantId = await findTenant(values.tenant, container)
  const expiresAt = readEnd(values.expires, container.clock.now())
  const key = await container.manageApiKeys.create({ name, tenantId, scopes, expiresAt }, operator)
  if (key === null)
    throw new UsageError(
      'A scope names a provider and what may be asked of it, as in teamleader:token; metrics:read goes without a tenant.',
    )
  return key
}

const day = (at: Date | null, absent: string) => at?.toISOString() ?? absent

const stateOf = ({ revokedAt, expiresAt }: ApiKey, now: Date) => {
  if (revokedAt) return `revoked ${day(revokedAt, '')}`
  if (!expiresAt) return 'live'
  return `${expiresAt > now ? 'live until' : 'expired'} ${day(expiresAt, '')}`
}

const lineOf = (key: ApiKey, now: Date) => {
  const { prefix, tenantId, scopes, createdAt, usedAt, name } = key
  const dates = [`created ${day(createdAt, '')}`, `used ${day(usedAt, 'never')}`, stateOf(key, now)]
  return [prefix, tenantId ?? 'platform', scopes.join(','), ...dates, name].join('\t')
}

/** `api-keys list` @returns one key a line, newest first, columns apart by tabs. */
export const listApiKeys = async (args: string[], { store, clock }: Container): Promise<string> => {
  if (args.length > 0) throw new UsageError('api-keys list takes nothing else.')
  return (await store.apiKeys.list()).map((key) => lineOf(key, clock.now())).join('\n')
}

/** `api-keys revoke PREFIX` @returns the prefix. */
export const revokeApiKey = async (args: string[], { manageApiKeys }: Container): Promise<string> => {
  const [typed, ...others] = args
  if (typed === undefined || others.length > 0) throw new UsageError('api-keys revoke takes the prefix of one key.')
  const prefix = typed.replace(/^pk_/, '').slice(0, 12)
  if (!(await manageApiKeys.revoke(prefix, operator))) throw new CliError('There is no live key with this prefix.')
  return prefix
}
