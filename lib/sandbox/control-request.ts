import type { Integration, User } from './integration.ts'
import { isRecord } from './script.ts'
import type { State } from './state.ts'

/** The control request itself is wrong; answered 400 with these words. */
export class ControlFault extends Error {}

export function parseIntegration(value: unknown): Integration {
  const fields = requireRecord(value, 'integration')
  const integration = {
    name: requireText(fields, 'name'),
    clientId: requireText(fields, 'client_id'),
    clientSecret: requireText(fields, 'client_secret'),
    redirectUris: requireTexts(fields, 'redirect_uris'),
    scopes: requireTexts(fields, 'scopes'),
  }
  for (const secret of [integration.clientId, integration.clientSecret]) {
    if (!/^[0-9a-f]{32}$/.test(secret))
      throw new ControlFault('"client_id" and "client_secret" are 32 hexadecimal digits')
  }
  return integration
}

export type DirectConsent = { client: Integration; user: User; redirectUri: string; clientState: string | undefined }

export function parseAuthorize(state: State, value: unknown): DirectConsent {
  const fields = requireRecord(value, 'authorize')
  const client = state.integrations.get(requireText(fields, 'client_id'))
  if (!client) throw new ControlFault('"client_id" is unknown')
  const email = requireText(fields, 'user')
  const user = state.users.find((candidate) => candidate.email === email)
  if (!user) throw new ControlFault('"user" is nobody here')
  const clientState = fields.state === undefined ? undefined : requireText(fields, 'state')
  return { client, user, redirectUri: requireText(fields, 'redirect_uri'), clientState }
}

function requireRecord(value: unknown, name: string): Record<string, unknown> {
  if (isRecord(value)) return value
  throw new ControlFault(`"${name}" is an object`)
}

function requireText(fields: Record<string, unknown>, key: string): string {
  const value = fields[key]
  if (typeof value === 'string') return value
  throw new ControlFault(`"${key}" is a text`)
}

function requireTexts(fields: Record<string, unknown>, key: string): string[] {
  const value = fields[key]
  if (Array.isArray(value) && value.every((text) => typeof text === 'string')) return value
  throw new ControlFault(`"${key}" is a list of texts`)
}
