import { parseArgs } from 'node:util'
import type { Container } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ApiKey } from '#lib/domain/api-keys/api-key.ts'
import { CliError, UsageError } from '../cli-error.ts'

const operator = { kind: 'operator' } as const

const options = { tenant: { type: 'string' }, scope: { type: 'string', multiple: true } } as const

const findTenant = async (typed: string | undefined, { store }: Container): Promise<TenantId | null> => {
  if (typed === undefined) return null
  const tenant = await store.accounts.findTenant(typed)
  if (!tenant) throw new CliError('There is no tenant with this id.')
  return tenant.id
}

/**
 * `api-keys add NAME [--tenant ID] --scope PROVIDER:VERB…`
 *
 * @returns the whole key: nobody can read it again
 */
export const addApiKey = async (args: string[], container: Container): Promise<string> => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [name, ...more] = positionals
  const scopes = [...(values.scope ?? []), ...more]
  if (name === undefined || scopes.length === 0) throw new UsageError('api-keys add takes one name and its scopes.')
  const tenantId = await findTenant(values.tenant, container)
  const key = await container.manageApiKeys.create({ name, tenantId, scopes }, operator)
  if (key === null)
    throw new UsageError(
      'A scope names a provider and what may be asked of it, as in teamleader:token; metrics:read goes without a tenant.',
    )
  return key
}

const day = (at: Date | null, absent: string) => at?.toISOString() ?? absent

const lineOf = ({ prefix, tenantId, scopes, createdAt, usedAt, revokedAt, name }: ApiKey) =>
  [
    prefix,
    tenantId ?? 'platform',
    scopes.join(','),
    `created ${day(createdAt, '')}`,
    `used ${day(usedAt, 'never')}`,
    revokedAt ? `revoked ${day(revokedAt, '')}` : 'live',
    name,
  ].join('\t')

/** `api-keys list` @returns one key a line, newest first, columns apart by tabs. */
export const listApiKeys = async (args: string[], { store }: Container): Promise<string> => {
  if (args.length > 0) throw new UsageError('api-keys list takes nothing else.')
  return (await store.apiKeys.list()).map(lineOf).join('\n')
}

/** `api-keys revoke PREFIX` @returns the prefix. */
export const revokeApiKey = async (args: string[], { manageApiKeys }: Container): Promise<string> => {
  const [typed, ...others] = args
  if (typed === undefined || others.length > 0) throw new UsageError('api-keys revoke takes the prefix of one key.')
  const prefix = typed.replace(/^pk_/, '').slice(0, 12)
  if (!(await manageApiKeys.revoke(prefix, operator))) throw new CliError('There is no live key with this prefix.')
  return prefix
}
