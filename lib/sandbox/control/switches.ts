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
  latency_ms: number
  clock_per_call_ms: number
  ties_shuffled: boolean
  updated_since_exclusive: boolean
  list_lag_s: number
  ids_cap: number | null
  ignored: string[]
  forbidden: string[]
  hidden_properties: string[]
  webhook_copies: number
  webhook_lag_ms: number
  webhooks_shuffled: boolean
  teo_rate_limit: number
  teo_hydra_prefix: boolean
  teo_next_host: string | null
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
  latency_ms: 0,
  clock_per_call_ms: 0,
  ties_shuffled: false,
  updated_since_exclusive: false,
  list_lag_s: 0,
  ids_cap: 100,
  ignored: [],
  forbidden: [],
  hidden_properties: [],
  webhook_copies: 1,
  webhook_lag_ms: 0,
  webhooks_shuffled: false,
  teo_rate_limit: 60,
  teo_hydra_prefix: true,
  teo_next_host: null,
}

const choices: Partial<Record<keyof Switches, unknown[]>> = {
  error_shape: ['errors', 'oauth'],
  league: ['v8', 'v9'],
  empty_allow_list: ['any', 'none'],
}

const nullable: (keyof Switches)[] = ['refresh_ttl_s', 'ids_cap']

const accepts = (name: keyof Switches, value: unknown): boolean => {
  if (choices[name]) return choices[name].includes(value)
  const usual = defaultSwitches[name]
  if (typeof usual === 'boolean') return typeof value === 'boolean'
  if (Array.isArray(usual)) return Array.isArray(value) && value.every((text) => typeof text === 'string')
  if (name === 'teo_next_host') return value === null || typeof value === 'string'
  return (nullable.includes(name) && value === null) || (typeof value === 'number' && Number.isFinite(value))
}

/** @returns the first thing wrong with `switches`, in words, or undefined. */
export function faultInSwitches(switches: Record<string, unknown>): string | undefined {
  for (const [name, value] of Object.entries(switches)) {
    if (!Object.hasOwn(defaultSwitches, name)) return `unknown switch "${name}"`
    if (!accepts(name as keyof Switches, value)) return `switch "${name}" cannot be ${JSON.stringify(value)}`
  }
  return undefined
}
