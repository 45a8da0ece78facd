/** What nobody outside knows for sure of the provider; each default is the harsher reading. See README.md. */
export type Switches = {
  error_shape: 'errors' | 'oauth'
  league: 'v8' | 'v9'
  refusal_state: boolean
  empty_allow_list: 'any' | 'none'
  users_me_needs_scope: boolean
  pkce_required: boolean
  old_access_token_survives: boolean
  new_grant_revokes_old: boolean
  no_rotation: boolean
  grace_ms: number
  code_ttl_s: number
  access_ttl_s: number
  refresh_ttl_s: number | null
  teo_access_ttl_s: number
  rate_limit: number
}

export const defaultSwitches: Switches = {
  error_shape: 'errors',
  league: 'v9',
  refusal_state: true,
  empty_allow_list: 'none',
  users_me_needs_scope: true,
  pkce_required: false,
  old_access_token_survives: false,
  new_grant_revokes_old: false,
  no_rotation: false,
  grace_ms: 0,
  code_ttl_s: 600,
  access_ttl_s: 3600,
  refresh_ttl_s: null,
  teo_access_ttl_s: 599,
  rate_limit: 200,
}

const choices: Partial<Record<keyof Switches, unknown[]>> = {
  error_shape: ['errors', 'oauth'],
  league: ['v8', 'v9'],
  empty_allow_list: ['any', 'none'],
}

const accepts = (name: keyof Switches, value: unknown): boolean => {
  if (choices[name]) return choices[name].includes(value)
  if (typeof defaultSwitches[name] === 'boolean') return typeof value === 'boolean'
  return (name === 'refresh_ttl_s' && value === null) || (typeof value === 'number' && Number.isFinite(value))
}

/** @returns the first thing wrong with `switches`, in words, or undefined. */
export function faultInSwitches(switches: Record<string, unknown>): string | undefined {
  for (const [name, value] of Object.entries(switches)) {
    if (!Object.hasOwn(defaultSwitches, name)) return `unknown switch "${name}"`
    if (!accepts(name as keyof Switches, value)) return `switch "${name}" cannot be ${JSON.stringify(value)}`
  }
  return undefined
}
