import type { FailureCode } from '../failure-codes.ts'
import { hasInvisible } from '../invisible.ts'

/** Client ID and Client Secret are 32 characters, hexadecimal in every one seen (Teamleader Marketplace). */
export const credentialLength = 32

/** The id printed in the old guide, which some copy by mistake. */
const exampleClientId = '74db53122ef0913c240ffeeda65c9e2a'

export type Checked = { value: string; error: FailureCode | null; warning: 'not_hexadecimal' | null }

/** What no header, log or form can hold is refused, with what a copy may have gone wrong by. */
const isUnusable = (value: string) => hasInvisible(value) || /\s/.test(value)

const hexadecimal = /^[0-9a-f]*$/i

const check = (typed: string, error: FailureCode | null): Checked => ({
  value: typed,
  error,
  warning: error || hexadecimal.test(typed) ? null : 'not_hexadecimal',
})

export const checkClientId = (typed: string): Checked => {
  const value = typed.trim()
  if (value === '') return check(value, 'client_id_missing')
  if (isUnusable(value)) return check(value, 'client_id_malformed')
  if (value.toLowerCase() === exampleClientId) return check(value, 'client_id_example')
  return check(value, value.length === credentialLength ? null : 'client_id_length')
}

/** An empty secret keeps the stored one, where this client has one. */
export const checkClientSecret = (typed: string, stored: boolean): Checked => {
  const value = typed.trim()
  if (value === '') return check(value, stored ? null : 'client_secret_missing')
  if (isUnusable(value)) return check(value, 'client_secret_malformed')
  return check(value, value.length === credentialLength ? null : 'client_secret_length')
}

/** For values whose shape the provider does not publish. */
export const checkText = (typed: string, codes: { missing: FailureCode | null; malformed: FailureCode }): Checked => {
  const value = typed.trim()
  if (value === '') return { value, error: codes.missing, warning: null }
  const fits = value.length <= 200 && !isUnusable(value)
  return { value, error: fits ? null : codes.malformed, warning: null }
}

/** Of a shorter secret the last characters would be too much of it. */
export const leastShownLength = 16

/** The last characters of a secret, to recognise it by. */
export const endOfSecret = (secret: string): string => (secret.length < leastShownLength ? '' : secret.slice(-4))

/** Where the secret of a client is sealed. @param client its row, and how often the secret was replaced */
export const clientSecretContext = (tenant: string, client: { id: string; secretVersion: number }) =>
  ({ purpose: 'client_secret', tenant, row: client.id, generation: client.secretVersion }) as const
