import type { FailureCode } from '../failure-codes.ts'

/** The id of a tenant that a gate or a composition root has proven; a bare string is not one. */
export type TenantId = string & { readonly proven: 'tenant' }

/** What an id may look like: anything else is not asked of the database. */
export const isTenantId = (text: string): boolean => /^[\w-]{1,64}$/.test(text)

export interface Tenant {
  id: TenantId
  name: string
  /** The customer's number in Pro+. */
  ref: string | null
}

/** A tenant as it stands here. */
export interface StoredTenant extends Tenant {
  /** Since when its people cannot sign in, its connections are paused and its API keys refused; null while it is in use. */
  archivedAt: Date | null
}

/** Whether all that is kept of an archived tenant was handed out since, when nothing of it changes any more. */
export const isExported = ({ archivedAt }: Pick<StoredTenant, 'archivedAt'>, exportedAt: Date | null): boolean =>
  archivedAt !== null && exportedAt !== null && exportedAt >= archivedAt

/** Back ends name a tenant by it in a header; a tenant may have none. */
export const checkRef = (typed: string): FailureCode[] =>
  /^[\x21-\x7e]{0,64}$/.test(typed.trim()) ? [] : ['ref_malformed']
