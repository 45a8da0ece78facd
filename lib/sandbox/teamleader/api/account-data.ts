import { type ListItem, stableId } from '#lib/sandbox/list-item.ts'
import type { Account } from '../integration.ts'
import { makeCompany } from './company.ts'
import { makeContact } from './contact.ts'

export type AccountBook = { companies: ListItem[]; contacts: ListItem[]; departments: ListItem[] }

/** The same records on every start, as dirty as real ones. */
export function openBook(account: Account): AccountBook {
  const companies = Array.from({ length: account.companies }, (_, index) => makeCompany(account, index))
  const companyIds = companies.map(({ id }) => id)
  return {
    companies,
    contacts: Array.from({ length: account.contacts }, (_, index) => makeContact(account, index, companyIds)),
    departments: ['Atelier', 'Bureau', 'Ancienne succursale'].map((name, index) => ({
      id: stableId(account, 'department', index),
      name,
      vat_number: index === 0 ? 'BE0899623035' : null,
      currency: 'EUR',
      emails: index === 0 ? [{ type: 'primary', email: 'info@example.be' }] : [],
      status: index === 2 ? 'archived' : 'active',
    })),
  }
}
