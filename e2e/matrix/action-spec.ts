import type { MatrixAccounts, Role } from './test-users.ts'

type Fields = Record<string, string>

export type Filled = (accounts: MatrixAccounts) => Fields | Promise<Fields>

export interface ActionSpec {
  /** Whose post may change something of tenant A's; everybody else's is tried, and must change nothing. */
  may: Role[]
  /** As somebody who may would fill it in, ids of tenant A's included. */
  fields: Filled
  /** Has no form state: `action(form)` instead of `action(previous, form)`. */
  button?: true
  /** Somebody whose post changes something, which shows that the posts tried before were no idle ones; else why not. */
  proof: { as: Role; fields?: Filled } | { none: string }
}

export const looks = { none: 'it draws the page anew, and changes nothing' }

export const notRestored = { none: 'no connection of tenant A comes from a backup' }

export const ofAdmin = { may: ['admin'], proof: { as: 'admin' } } satisfies Partial<ActionSpec>

export const noEmail = { none: 'this house sends no mail, so that no address can be changed' }

export const noFactor = { none: 'nobody has a factor here, and none is made without a browser or an app' }

/** Whoever is signed in does it to themselves. */
export const ofEverybody = { may: ['admin', 'reader', 'support'], proof: { as: 'admin' } } satisfies Partial<ActionSpec>
