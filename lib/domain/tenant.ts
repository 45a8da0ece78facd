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
