import { parseArgs } from 'node:util'
import type { Container } from '#lib/composition/container.ts'
import { CliError, UsageError } from '../cli-error.ts'

/** `tenants add NAME [--ref REF]` @returns the tenant's id. */
export const addTenant = async (args: string[], { createAccounts }: Container): Promise<string> => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { ref: { type: 'string' } } })
  const [name, ...others] = positionals
  if (name === undefined || others.length > 0) throw new UsageError('tenants add takes one name; put it in quotes.')
  const id = await createAccounts.addTenant({ name, ref: values.ref ?? null }, { kind: 'operator' })
  if (id === null) throw new CliError('This reference belongs to another tenant.')
  return id
}
