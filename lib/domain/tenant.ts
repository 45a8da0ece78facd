/** The id of a tenant that a gate or a composition root has proven; a bare string is not one. */
export type TenantId = string & { readonly proven: 'tenant' }

export interface Tenant {
  id: TenantId
  name: string
  /** The customer's number in Pro+. */
  ref: string | null
}
