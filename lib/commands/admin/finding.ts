/** What is looked at, by the name that machines know it under. */
export type Check =
  | 'settings'
  | 'redirect_uri'
  | 'node'
  | 'database'
  | 'backup'
  | 'keys'
  | 'disk'
  | 'clock'
  | 'teamleader_clients'
  | 'app'
  | 'teamleader_sign_in'
  | 'teamleader_api'
  | 'teamleader_v1'
  | 'teo_sign_in'
  | 'teo_api'
  | 'mail'
  | 'oidc'
  | 'webhook'

/** One thing that the doctor looked at. `advice`: it works, and could be safer. */
export interface Finding {
  check: Check
  level: 'ok' | 'advice' | 'bad'
  sentence: string
}

export const fine = (check: Check, sentence: string): Finding => ({ check, level: 'ok', sentence })
export const advised = (check: Check, sentence: string): Finding => ({ check, level: 'advice', sentence })
export const bad = (check: Check, sentence: string): Finding => ({ check, level: 'bad', sentence })
