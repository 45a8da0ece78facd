import { z } from 'zod'
import { text } from './read-form.ts'

/** By one of the three: which one its button says. */
export const factorForm = z.object({
  by: z.enum(['totp', 'passkey', 'recovery_code']),
  code: text,
  passkey: text,
  next: text,
})

export const totpForm = z.object({ sealed: text, code: text })

export const passkeyForm = z.object({ name: text, passkey: text })

export const removalForm = z.object({ which: z.enum(['totp', 'passkey']), passkey: text })
