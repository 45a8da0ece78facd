import { z } from 'zod'
import { checkName } from '#lib/domain/accounts/account-validation.ts'
import type { Scope } from '#lib/domain/api-keys/api-key.ts'
import { keyTerms } from '#lib/domain/api-keys/granting.ts'
import { checked, report, text, ticked } from './read-form.ts'

/** A new key: each right is a box named by its scope. */
export const newKeyForm = (scopes: readonly Scope[]) =>
  z
    .object({
      name: checked((typed) => checkName(typed, 'program_name_missing')),
      term: z.enum(keyTerms),
      ...(Object.fromEntries(scopes.map((scope) => [scope, ticked])) as Record<string, typeof ticked>),
    })
    .transform(({ name, term, ...rights }, context) => {
      const granted = scopes.filter((scope) => (rights as Record<string, boolean>)[scope])
      if (granted.length === 0) report(context, ['scopes_missing'])
      return { name, term, scopes: granted }
    })

export const revokedKeyForm = z.object({ prefix: text })
