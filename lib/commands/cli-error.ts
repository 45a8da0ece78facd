import { storageAdvice } from '#lib/composition/operations/storage-advice.ts'

/** What the caller did wrong, in one sentence; exit 1. */
export class CliError extends Error {}

/** The command line itself could not be read; exit 2. */
export class UsageError extends Error {}

export const notScrubbed =
  'Erased; the database file was in use, so that parts may lie in its free space: run this SQL on it when the app is stopped: VACUUM'

const sentences: Record<string, string> = {
  name_missing: 'The name is empty, longer than 120 characters, or holds an invisible character.',
  ref_malformed: 'A reference has at most 64 characters of ASCII, without blanks.',
  email_malformed: 'This is not an e-mail address.',
  email_taken: 'This e-mail address has an account already.',
  password_too_short: 'The password has fewer than 12 characters.',
  password_too_long: 'The password has more than 200 characters.',
  last_admin: 'This is the last active admin of the tenant: add another one first, or erase the tenant.',
  last_supporter: 'This is the last active person of support: add another one first.',
  user_changed: 'There is no user with this e-mail address any more.',
  storage_unavailable: 'The database does not answer.',
  EADDRINUSE: 'Another process listens on API_HOST and API_PORT: choose another port.',
  EADDRNOTAVAIL: 'API_HOST is not an address of this machine.',
  EACCES: 'API_PORT, or a file of the database, is not ours to open.',
}

/** One sentence for an error of any origin; never the message of one we did not write, which may quote values. */
export const sentenceOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'Something unexpected happened.'
  if (error instanceof CliError || error.name === 'RefusedBoot') return error.message
  const advice = storageAdvice(error)
  if (advice) return advice
  const { code } = error as { code?: unknown }
  const known = typeof code === 'string' ? code : ''
  return sentences[known] ?? `Something unexpected happened: ${[error.name, known].filter(Boolean).join(' ')}.`
}
