import type { State } from '../state.ts'
import type { Integration, User } from '../teamleader/integration.ts'
import { marie } from '../teamleader/seeds.ts'
import type { V1Keys } from '../v1/keys.ts'
import { isRecord } from './script.ts'

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

export function parseTeo(value: unknown): { clientId: string; clientSecret: string; teoId: string } {
  const fields = requireRecord(value, 'teo')
  const [clientId, clientSecret] = [requireText(fields, 'client_id'), requireText(fields, 'client_secret')]
  if (clientId.includes(':')) throw new ControlFault('"client_id" stands before a colon and can hold none')
  return { clientId, clientSecret, teoId: requireText(fields, 'teo_id') }
}

/** A new group opens Marie's account; a known one gets the new secret. */
export function parseV1(state: State, value: unknown): V1Keys {
  const fields = requireRecord(value, 'v1')
  const [group, secret] = [requireText(fields, 'group'), requireText(fields, 'secret')]
  if (!/^\d+$/.test(group)) throw new ControlFault('"group" is a number')
  return { group, secret, account: state.v1Keys.get(group)?.account ?? marie.account }
}

export type DirectConsent = {
  client: Integration
  user: User
  redirectUri: string
  clientState: string | undefined
  challenge: string | undefined
}

export function parseAuthorize(state: State, value: unknown): DirectConsent {
  const fields = requireRecord(value, 'authorize')
  const client = state.integrations.get(requireText(fields, 'client_id'))
  if (!client) throw new ControlFault('"client_id" is unknown')
  const email = requireText(fields, 'user')
  const user = state.users.find((candidate) => candidate.email === email)
  if (!user) throw new ControlFault('"user" is nobody here')
  const optional = (key: string) => (fields[key] === undefined ? undefined : requireText(fields, key))
  const [clientState, challenge] = [optional('state'), optional('code_challenge')]
  return { client, user, redirectUri: requireText(fields, 'redirect_uri'), clientState, challenge }
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
