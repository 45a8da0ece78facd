/** What a webhook of a provider may say changed: a record of a list, or whether the account itself still lives. */
export const hintKinds = ['companies', 'contacts', 'account'] as const
export type HintKind = (typeof hintKinds)[number]

/** How far the webhooks of a connection are. */
export type WebhookState =
  /** To be looked at for the first time. */
  | 'pending'
  | 'registered'
  /** The provider allows this integration none: what changed is found by reading alone. */
  | 'forbidden'

const kindOfSubject: Readonly<Record<string, HintKind>> = { company: 'companies', contact: 'contacts' }

const objectOf = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null

/** Longer than any id of a provider. */
const longestId = 100
const idOf = (value: unknown): string | null => {
  const id = objectOf(value)?.id
  return typeof id === 'string' && /^[\w-]+$/.test(id) && id.length <= longestId ? id : null
}

/** Which events are asked for. @see https://developer.focus.teamleader.eu/docs/api/webhooks-register */
export const webhookTypes = [
  'company.added',
  'company.updated',
  'company.deleted',
  'contact.added',
  'contact.updated',
  'contact.deleted',
  'contact.linkedToCompany',
  'contact.unlinkedFromCompany',
  'contact.updatedLinkToCompany',
  'account.deactivated',
  'account.deleted',
] as const

const known: ReadonlySet<unknown> = new Set(webhookTypes)

/**
 * What a notification says changed: the id alone, at `subject.id` or, as an older page of the documentation has it, at
 * `data.id`. Null for what was not asked for, or cannot be read.
 */
export const readHint = (body: unknown): { kind: HintKind; id: string } | null => {
  const { type, subject, data } = objectOf(body) ?? {}
  if (typeof type !== 'string' || !known.has(type)) return null
  const about = type.slice(0, type.indexOf('.'))
  // whichever account it names, it is the connection's own that is looked at
  if (about === 'account') return { kind: 'account', id: 'account' }
  const kind = kindOfSubject[about]
  const id = idOf(subject) ?? idOf(data)
  return kind && id ? { kind, id } : null
}
